import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig, readOutputs } from "../../src/config/read.ts";
import { backends } from "../../src/gpio/index.ts";
import { folderWith } from "../e2e/process.ts";
import { kinds } from "../fakes/kinds.ts";

const devices = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17, on_exit: on}\n";
const known = { kinds, backends, environment: {}, hostname: "test" };

/** What is read of a file for its outputs alone, and whether an agent would run with it. */
function outputs(text: string, environment: Record<string, string> = {}) {
  const file = join(folderWith({ "devices.yaml": text }), "devices.yaml");
  const runs = readConfig(file, { ...known, environment }).config !== undefined;
  return { ...readOutputs(file, { ...known, environment }), runs };
}

describe("what outputs need of a configuration", () => {
  it.each([
    ["a CA file that is gone", "broker: {url: mqtts://a, ca: nowhere.crt}\n"],
    ["a key that went with systemd's credentials", "broker: {url: mqtts://a, cert: agent.crt}\n"],
    ["a variable that is not set", "broker: {username: me, password: '${SECRET}'}\n"],
    ["an address that is none", "broker: {url: 'tcp://a'}\n"],
    ["a key that is written twice", "broker: {url: mqtt://a, url: mqtt://b}\n"],
    ["a broker that is no section", "broker: mqtt://a\n"],
    ["Home Assistant's section", "home_assistant: {prefix: '${PREFIX}', discovery: perhaps}\n"],
    ["the agent's id", "agent: {id: '${NAME}', log_level: loud}\n"],
    ["a section that does not exist", "brokr: {url: mqtt://a}\n"],
  ])("is not spoilt by %s", (_what, others) => {
    const { config, problems, runs } = outputs(`${others}gpio: {backend: onoff}\n${devices}`);
    expect(problems).toEqual([]);
    expect(config?.gpio.backend).toBe("onoff");
    expect(config?.devices).toMatchObject([{ id: "lamp", options: { pin: 17, on_exit: "on" } }]);
    expect(runs).toBe(false);
  });

  it.each([{ MQTT_URL: "tcp://a" }, { MQTT_PASSWORD: "secret" }, { MQTT_CERT: "nowhere.crt" }])(
    "is not spoilt by the environment: %j",
    (environment) => {
      const { config, runs } = outputs(devices, environment);
      expect(config?.devices).toMatchObject([{ id: "lamp" }]);
      expect(runs).toBe(false);
    },
  );

  it("is not spoilt by what a device tells Home Assistant", () => {
    const { config, runs } = outputs(devices.replace("}", ", home_assistant: {platform: toaster, name: '${NAME}'}}"));
    expect(config?.devices).toMatchObject([{ id: "lamp" }]);
    expect(runs).toBe(false);
  });

  it.each([
    ["a wildcard", "home/#"],
    ["Home Assistant's prefix", "homeassistant/lamp"],
    ["a no-break space", "home/lamp\u00a0"],
    ["a tag", "!env_var TOPIC"],
    ["a variable that is not set", "'${TOPIC}'"],
    ["the topic of another device", "home/fan"],
  ])("is not spoilt by a topic with %s", (_what, topic) => {
    const fan = "  fan: {kind: relay, topic: home/fan, pin: 22, name: '${NAME}'}\n";
    const { config, problems, runs } = outputs(devices.replace("home/lamp", topic) + fan);
    expect(problems).toEqual([]);
    expect(config?.devices).toMatchObject([{ options: { pin: 17 } }, { options: { pin: 22 } }]);
    expect(runs).toBe(false);
  });

  it("is there without a .env that can be read", () => {
    const folder = folderWith({ "devices.yaml": devices });
    mkdirSync(join(folder, ".env"));
    const file = join(folder, "devices.yaml");
    expect(readOutputs(file, known).config?.devices).toHaveLength(1);
    expect(readConfig(file, known).problems).toEqual([expect.stringContaining(".env cannot be read")]);
  });

  it("knows the variables of pins", () => {
    const { config } = outputs(devices.replace("17", "'${LAMP}'"), { LAMP: "22" });
    expect(config?.devices).toMatchObject([{ options: { pin: 22 } }]);
  });

  it.each([
    ["a device", devices.replace("relay", "rely"), 'there is no kind "rely"'],
    ["gpio", `gpio: {backend: magic}\n${devices}`, 'gpio.backend: "magic" is none of'],
    ["a pin's variable", devices.replace("17", "'${LAMP}'"), "the variable ${LAMP} is not set"],
    ["the YAML itself", `broker: {url: mqtt://a\n${devices}`, "devices.yaml:1:9  the {"],
    ["two devices on one pin", `${devices}  fan: {kind: relay, topic: home/fan, pin: 17}\n`, "17"],
  ])("is spoilt by %s", (_what, text, problem) => {
    const { config, problems } = outputs(text);
    expect(config).toBeUndefined();
    expect(problems.join("\n")).toContain(problem);
  });
});
