import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readEnvironment } from "../../src/config/beside/environment.ts";
import { type Checked, checkConfig } from "../../src/config/check.ts";
import { checkRules } from "../../src/config/rules/check-rules.ts";
import { backends } from "../../src/gpio/index.ts";
import { folderWith } from "../e2e/process.ts";
import { kinds } from "../fakes/kinds.ts";

function check(yaml: string, environment: Record<string, string> = {}, hostname = "office-pi"): Checked {
  const bytes = new TextEncoder().encode(yaml);
  return checkConfig("devices.yaml", bytes, { kinds, checkRules, backends, environment, hostname });
}

/** The configuration, where there is nothing to complain about. */
function good(yaml: string, environment: Record<string, string> = {}, hostname?: string) {
  const { config, problems } = check(yaml, environment, hostname);
  expect(problems).toEqual([]);
  if (config === undefined) throw new Error("no configuration");
  return config;
}

const lamp = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";

describe("the smallest useful devices.yaml", () => {
  it("has only devices; all else has good defaults", () => {
    const { devices, ...sections } = good(lamp);
    expect(sections).toEqual({
      agent: { id: "office-pi", topic: "pi2mqtt/office-pi", log_level: "info" },
      broker: { url: "mqtt://localhost:1883", keepalive: 30_000 },
      gpio: { backend: "auto", force_pins: [], chips: [], pigpiod: { host: "localhost", port: 8888 } },
      home_assistant: { discovery: true, prefix: "homeassistant", status_topic: "homeassistant/status" },
      rules: [],
    });
    expect(devices).toMatchObject([
      { id: "lamp", topic: "home/lamp", options: { pin: 17, active_low: false, initial: "off", on_exit: "off" } },
    ]);
  });

  it("may have headings with nothing below them", () => {
    expect(good(`agent:\nbroker:\ngpio:\n${lamp}`).agent.id).toBe("office-pi");
  });

  it("makes an id of whatever the host is called", () => {
    const { agent } = good(lamp, {}, "raspberrypi.local");
    expect(agent).toMatchObject({ id: "raspberrypi-local", topic: "pi2mqtt/raspberrypi-local" });
  });
});

describe("pins", () => {
  it.each(["17", "GPIO17", "gpio17", "BCM17", "BOARD11", '"17"'])("may be written %s", (pin) => {
    expect(good(lamp.replace("17", pin)).devices[0]?.options["pin"]).toBe(17);
  });

  it("may be reserved or off the header when they are forced", () => {
    const yaml = "devices:\n  a: {kind: relay, topic: a, pin: 0}\n  b: {kind: relay, topic: b, pin: 45}\n";
    expect(check(yaml).problems).toHaveLength(2);
    expect(good(`gpio: {force_pins: [0, 45]}\n${yaml}`).devices).toHaveLength(2);
  });
});

describe("durations", () => {
  it.each([
    ["1500ms", 1_500],
    ["30s", 30_000],
    ["1.5m", 90_000],
    ["2h", 7_200_000],
    ["1d", 86_400_000],
    ["5 m", 300_000],
  ])("may be written %s", (every, ms) => {
    const yaml = `devices:\n  pi: {kind: cpu_temperature, topic: a, every: ${every}}\n`;
    expect(good(yaml).devices[0]?.options["every"]).toBe(ms);
  });
});

describe("variables", () => {
  it("stand for text, also inside other text", () => {
    const yaml = [
      "agent:",
      "  id: ${ROOM}-pi",
      "devices:",
      "  lamp:",
      "    kind: relay",
      "    topic: home/${ROOM}/lamp",
      "    pin: 17",
    ].join("\n");
    const { agent, devices } = good(yaml, { ROOM: "office" });
    expect([agent.id, devices[0]?.topic]).toEqual(["office-pi", "home/office/lamp"]);
  });

  it("stand for pins, and for true and false", () => {
    const yaml = `devices:\n  lamp: {kind: relay, topic: a, pin: "${"${PIN}"}", active_low: "${"${LOW}"}"}\n`;
    expect(good(yaml, { PIN: "BOARD11", LOW: "true" }).devices[0]?.options).toMatchObject({
      pin: 17,
      active_low: true,
    });
  });

  it("cannot smuggle YAML in", () => {
    const yaml = lamp.replace("home/lamp", `"${"${TOPIC}"}"`);
    expect(good(yaml, { TOPIC: 'a", pin: 4, x: "' }).devices[0]).toMatchObject({
      topic: 'a", pin: 4, x: "',
      options: { pin: 17 },
    });
  });

  it("for the broker win over the file", () => {
    const yaml = `broker: {url: "mqtt://other", username: other}\n${lamp}`;
    const environment = { MQTT_URL: "mqtts://broker", MQTT_USERNAME: "me", MQTT_PASSWORD: "12345", MQTT_CA: "ca.crt" };
    expect(good(yaml, environment).broker).toMatchObject({
      url: "mqtts://broker",
      username: "me",
      password: "12345",
      ca: "ca.crt",
    });
    expect(good(yaml, { MQTT_URL: "" }).broker.url).toBe("mqtt://other");
  });

  it("come from .env beside the file, and the environment wins", () => {
    const folder = folderWith({ ".env": 'A=one\nB="two words"\n# C=three\n' });
    expect(readEnvironment(folder, { A: "outside" })).toEqual({ A: "outside", B: "two words" });
    expect(readEnvironment(folderWith({}), { A: "outside" })).toEqual({ A: "outside" });
  });
});

describe("YAML as people write it", () => {
  it("may share settings by anchors and merge keys", () => {
    const yaml = `devices:
  one: &board {kind: relay, topic: a, pin: 17, active_low: true}
  two:
    <<: *board
    topic: b
    pin: 18
`;
    expect(good(yaml).devices.map(({ options }) => [options["pin"], options["active_low"]])).toEqual([
      [17, true],
      [18, true],
    ]);
  });

  it("may begin with a byte order mark and end lines as Windows does", () => {
    expect(good(`\ufeff${lamp.replaceAll("\n", "\r\n")}`).devices).toHaveLength(1);
  });

  it("warns of topics that differ only in case, and runs", () => {
    const { config, warnings } = check(`${lamp}  twin: {kind: relay, topic: HOME/lamp, pin: 18}\n`);
    expect(config?.devices).toHaveLength(2);
    expect(warnings).toEqual([
      'devices.yaml:3:30  devices.twin.topic: "HOME/lamp" differs only in case from the topic of "lamp"; MQTT takes them for two',
    ]);
  });
});

it("takes the devices.yaml of this repository", () => {
  const yaml = readFileSync(new URL("../../devices.yaml", import.meta.url), "utf8");
  expect(good(yaml).devices.map(({ id, topic }) => [id, topic])).toEqual([
    ["office-lamp", "home/office/lamp"],
    ["office-climate", "home/office/climate"],
    ["office-door", "home/office/door"],
    ["pi", "home/office/pi"],
  ]);
});
