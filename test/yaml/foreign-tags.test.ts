import { describe, expect, it } from "vitest";
import { lamp } from "../config/bad-files/bad-file.ts";
import { checked } from "../config/checked.ts";

const variable = "is not known here; write ${NAME} instead, and NAME=… into .env beside this file";
const include = "is not known here; write what the other file says into this one, without the tag";
const other = "is a tag of YAML that is not known here; remove it, or put a text that begins with ! in quotes";
const hidden =
  "what begins with ! here is a tag of YAML; put the text in quotes, or write ${NAME}, and NAME=… into .env";

const relay = (settings: string) => `devices:\n  it: {kind: relay, ${settings}}\n`;

describe("a tag of YAML that others understand", () => {
  it.each([
    [relay("topic: !env_var TOPIC, pin: 17"), `2:28  devices.it.topic: the tag !env_var ${variable}`],
    [relay("topic: !ENV TOPIC, pin: 17"), `2:28  devices.it.topic: the tag !ENV ${variable}`],
    [relay("topic: a, pin: &pin !secret pin"), `2:41  devices.it.pin: the tag !secret ${variable}`],
    [relay("topic: a, pin: !secret &pin pin"), `2:36  devices.it.pin: the tag !secret ${variable}`],
    [
      `broker:\n  username: me\n  password: !secret mqtt_password\n${lamp}`,
      `3:13  broker.password: the tag !secret ${variable}`,
    ],
    [`broker: {urls: [mqtt://a, !secret url]}\n${lamp}`, `1:27  broker.urls.1: the tag !secret ${variable}`],
    ["devices: !include devices.yaml\n", `1:10  devices: the tag !include ${include}`],
    ["devices: !include\n", `1:10  devices: the tag !include ${include}`],
    ["devices: !include_dir_named devices\n", `1:10  devices: the tag !include_dir_named ${include}`],
    [`${lamp}  it: !room\n    kind: relay\n    topic: a\n    pin: 5\n`, `3:7  devices.it: "!room" ${other}`],
    [`${lamp}  it: !room {kind: relay, topic: a, pin: 5}\n`, `3:7  devices.it: "!room" ${other}`],
    [`gpio: {force_pins: !list [1]}\n${lamp}`, `1:20  gpio.force_pins: "!list" ${other}`],
    [relay("!my topic: a, pin: 17"), `2:21  devices.it.topic: "!my" ${other}`],
    [relay("topic: ! a, pin: 17"), `2:28  devices.it.topic: "!" ${other}`],
    [relay("topic: !!binary aGk=, pin: 17"), `2:28  devices.it.topic: "!!binary" ${other}`],
    [relay("topic: a, pin: 17, home_assistant: !!omap [a: 1]"), `2:56  devices.it.home_assistant: "!!omap" ${other}`],
    [relay("topic: a, pin: 17, active_low: !!bool yes"), `2:52  devices.it.active_low: "!!bool" ${other}`],
    [
      `%TAG ! tag:example.com,2026:\n---\n${relay("topic: !text a, pin: 17")}`,
      `4:28  devices.it.topic: "!text" ${other}`,
    ],
  ])("is refused where it stands: %j", (yaml, problem) => {
    const { problems, config } = checked(yaml);
    expect(problems.filter((line) => !line.includes("there are no devices"))).toEqual([`devices.yaml:${problem}`]);
    expect(config).toBeUndefined();
  });

  it.each(["password: !hunter2", "password: !hunter2 more", "username: !hunter2", "url: !hunter2"])(
    "is not shown where it may be a password: %s",
    (setting) => {
      const { problems } = checked(`broker: {urls: [mqtt://a], ${setting}}\n${lamp}`);
      expect(problems).toContainEqual(expect.stringContaining(hidden));
      expect(problems.join("\n")).not.toContain("hunter2");
    },
  );
});

it("takes the tags of YAML's own values", () => {
  const yaml = `!!map
devices: !!map
  !!str it: {kind: !!str relay, topic: !!str 17, pin: !!int 17, active_low: !!bool true}
gpio: {force_pins: !!seq [!!int 0], chip: !<tag:yaml.org,2002:str> 1}
agent: !!null
`;
  const { problems, config } = checked(yaml);
  expect(problems).toEqual([]);
  expect(config?.devices).toMatchObject([{ id: "it", topic: "17", options: { pin: 17, active_low: true } }]);
});
