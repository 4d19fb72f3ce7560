import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config/read.ts";
import { backends } from "../../src/gpio/index.ts";
import { folderWith } from "../e2e/process.ts";
import { kinds } from "../fakes/kinds.ts";
import { device, lamp } from "./bad-files/bad-file.ts";
import { checked } from "./checked.ts";

/** What is said, each line as its key and the beginning of its sentence. */
const said = (yaml: string) => checked(yaml).problems.map((line) => line.replace(/^\S+ {2}/, "").slice(0, 60));

const noHeader = "is not on the header, which has GPIO 2 to 27; choose one of these, or add it to gpio.force_pins";

describe("one run says everything, whatever else is wrong", () => {
  it.each([
    ["a topic and a pin off the header", device("kind: relay, topic: home/#, pin: 99"), ["topic", "pin"]],
    [
      "a misspelt option and a taken pin",
      `${lamp}  it: {kind: relay, topic: a, pin: 17, activ_low: true}\n`,
      ["pin", "activ_low"],
    ],
    [
      "an option and a taken topic",
      `${lamp}  it: {kind: relay, topic: home/lamp, pin: 18, initial: x}\n`,
      ["topic", "initial"],
    ],
    [
      "an option and a use",
      `gpio: {backend: kernel-pwm}\n${device("kind: relay, topic: a, pin: 17, initial: x")}`,
      ["pin", "initial"],
    ],
    [
      "an option and an entity's option",
      device("kind: relay, topic: a, pin: x, home_assistant: {rely: {icon: a}, platform: x}"),
      ["pin", "home_assistant.rely", "home_assistant.platform"],
    ],
    [
      "an entity's option beside options that its kind needs",
      device("kind: contact, topic: /a, pin: x, debounce: 5, home_assistant: {contact: {discovery: x}}"),
      ["topic", "pin", "debounce", "home_assistant.contact.discovery"],
    ],
    ["a kind and a topic", device("kind: helicopter, topic: home/#, name: 5"), ["kind", "topic", "name"]],
    ["no kind, and a topic", device("topic: home/#"), ["kind", "topic"]],
    ["a misspelt kind, a topic and a pin", device("kind: rely, topic: home/#, pin: 99"), ["kind", "topic", "pin"]],
    [
      "a misspelt kind and a taken topic",
      `${lamp}  it: {kind: contakt, topic: home/lamp, pin: 18}\n`,
      ["kind", "topic"],
    ],
  ])("%s", (_what, yaml, keys) => {
    const found = said(yaml).map((line) => line.split(": ")[0]);
    expect([...found].sort()).toEqual(keys.map((key) => `devices.it.${key}`).sort());
  });

  it("an id, its topic and its pin", () => {
    expect(checked("devices:\n  my lamp: {kind: relay, topic: home/#, pin: 99}\n").problems).toEqual([
      'devices.yaml:2:3  devices.my lamp: "my lamp" is not an id; write letters, digits, - and _, at most 64 of them',
      'devices.yaml:2:33  devices.my lamp.topic: "home/#" has a wildcard; write one topic, without + and #',
      `devices.yaml:2:46  devices.my lamp.pin: pin 99 ${noHeader}`,
    ]);
  });

  it("another section, and what it means for devices", () => {
    const yaml = `agent: {log_level: loud, topic: home}
home_assistant: {area: 5, prefix: ha}
gpio: {force_pins: [99], pigpiod: ":", backend: kernel-pwm}
broker: {url: mqtt://a, password: p, keepalive: 1d}
devices:
  a: {kind: light, topic: home/status, pin: 99}
  b: {kind: light, topic: ha/b, pin: 98}
  c: {kind: relay, topic: c, pin: 17}
`;
    expect(said(yaml).map((line) => line.split(": ")[0])).toEqual([
      "agent.log_level",
      "home_assistant.area",
      "gpio.pigpiod",
      "broker.keepalive",
      "devices.a.topic",
      "devices.b.topic",
      "devices.b.pin",
      "devices.c.pin",
    ]);
  });

  it("does not complain of what another mistake leaves open", () => {
    expect(
      said(`gpio: {force_pins: 45}\nagent: {id: a/b}\n${device("kind: relay, topic: pi2mqtt/test, pin: 45")}`),
    ).toEqual([expect.stringContaining("gpio.force_pins"), expect.stringContaining("agent.id")]);
  });

  it("a device, a PEM file and a line of .env", () => {
    const folder = folderWith({
      "devices.yaml": `broker: {url: mqtts://a, ca: nowhere.crt}\n${device("kind: relay, topic: /a, pin: 17")}`,
      ".env": "MQTT_USER=me\n",
    });
    const known = { kinds, backends, environment: {}, hostname: "test" };
    const { problems, warnings, config } = readConfig(join(folder, "devices.yaml"), known);
    expect(config).toBeUndefined();
    expect(problems).toEqual([
      expect.stringContaining("devices.it.topic"),
      expect.stringContaining('broker.ca: "nowhere.crt" cannot be read'),
    ]);
    expect(warnings).toContain(".env:1:1  MQTT_USER: this variable is not read; write MQTT_USERNAME instead");
  });
});
