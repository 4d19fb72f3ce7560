import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { checkRules } from "../../src/config/rules/check-rules.ts";
import { onoff } from "../../src/gpio/onoff.ts";
import { simulated } from "../../src/gpio/simulated.ts";
import { kinds } from "../fakes/kinds.ts";
import { device, lamp } from "./bad-files/bad-file.ts";
import { badDevices } from "./bad-files/devices.ts";
import { badFilters } from "./bad-files/filters.ts";
import { badMeasures } from "./bad-files/measures.ts";
import { badPins } from "./bad-files/pins.ts";
import { badSections } from "./bad-files/sections.ts";
import { badSensors } from "./bad-files/sensors.ts";
import { badTexts } from "./bad-files/text.ts";
import { badTopics } from "./bad-files/topics.ts";
import { badValues } from "./bad-files/values.ts";

function check(yaml: string | Uint8Array, environment: Record<string, string> = {}) {
  const bytes = typeof yaml === "string" ? new TextEncoder().encode(yaml) : yaml;
  return checkConfig("devices.yaml", bytes, {
    kinds,
    checkRules,
    backends: [onoff, simulated],
    environment,
    hostname: "test",
  });
}

describe("a devices.yaml that is wrong", () => {
  it.each([
    ...badTexts,
    ...badDevices,
    ...badSections,
    ...badValues,
    ...badPins,
    ...badTopics,
    ...badSensors,
    ...badFilters,
    ...badMeasures,
  ])("%s", (_what, yaml, ...problems) => {
    const checked = check(yaml);
    expect(checked.problems).toEqual(problems);
    expect(checked.config).toBeUndefined();
  });

  it("tells everything at once, in the order of the file", () => {
    const { problems } = check("devices:\n  a: {kind: relay, topic: a/#, pin: 40}\n  b: {kind: rely}\nbrokr: {}\n");
    expect(problems.map((line) => line.split("  ")[0])).toEqual([
      "devices.yaml:2:27",
      "devices.yaml:2:37",
      "devices.yaml:3:13",
      "devices.yaml:4:1",
    ]);
  });

  it("is not UTF-8", () => {
    const bytes = new Uint8Array([...new TextEncoder().encode("devices:\n  l"), 0xe4, 0x6d, 0x70]);
    expect(check(bytes).problems).toEqual(["devices.yaml:2:4  this is not UTF-8 text; save the file as UTF-8"]);
  });

  it("is larger than 1 MiB", () => {
    const bytes = new TextEncoder().encode(lamp + "#".repeat(1024 * 1024));
    expect(check(bytes).problems).toEqual(["devices.yaml:1:1  the file is larger than 1 MiB; is it the right one?"]);
  });

  it.each([
    ["brackets", `devices: ${"[".repeat(20_000)}`, "1:74"],
    ["braces", `devices: ${"{a: ".repeat(20_000)}`, "1:266"],
    ["dashes", `devices:\n  ${"- ".repeat(20_000)}`, "2:131"],
  ])("is 20,000 levels deep, by %s", (_how, yaml, place) => {
    expect(check(yaml).problems).toEqual([
      `devices.yaml:${place}  this is nested more than 64 levels deep; take levels out`,
    ]);
  });

  it("is an alias bomb", () => {
    const levels = [..."abcdefghi"].map((name, index, all) => {
      const earlier = all[index - 1];
      const item = earlier === undefined ? "x" : `*${earlier}`;
      return `${name}: &${name} [${Array(9).fill(item).join(", ")}]`;
    });
    expect(check(`${levels.join("\n")}\n${lamp}`).problems).toEqual([
      "devices.yaml:2:8  anchors (&) and aliases (*) grow out of bounds here; write the values out",
    ]);
  });

  it("names an environment variable that is wrong, and never its value", () => {
    expect(check(lamp, { MQTT_URL: "tcp://user:secret@broker" }).problems).toEqual([
      "MQTT_URL: the value of this variable is not a broker's address; write mqtt://HOST:1883, or mqtts://HOST:8883 for TLS",
    ]);
  });

  it("names a password in the environment that has no user", () => {
    expect(check(lamp, { MQTT_PASSWORD: "hunter2" }).problems).toEqual([
      "MQTT_PASSWORD: there is a password but no user; set MQTT_USERNAME or broker.username",
    ]);
  });

  it("never shows what a variable stands for", () => {
    const yaml = device(`kind: relay, topic: "home/${"${SECRET}"}/#", pin: "${"${SECRET}"}"`);
    const { problems } = check(yaml, { SECRET: "hunter2" });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain("hunter2");
    expect(problems.join()).toContain("${SECRET}");
  });
});
