import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { checkDeviceMessage } from "./documented.ts";
import { componentsOf, type Message, messagesOf } from "./houses.ts";
import { agentTopic, lamp } from "./lamp.ts";

const golden = (name: string) => new URL(`golden/${name}.yaml`, import.meta.url).pathname;

const pretty = (value: unknown) => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });

const enabled = (yaml: string) =>
  Object.entries(componentsOf(yaml)).flatMap(([id, { enabled_by_default: isEnabled = true }]) =>
    isEnabled === true ? [id] : [],
  );

const cover =
  "devices:\n  blind: {kind: cover, topic: blind, open_pin: 22, close_pin: 23, open_time: 20s, rated_cycles: 100000}\n";

describe("the use of outputs in Home Assistant", () => {
  it.each([
    ["relay-with-use", lamp(", show_use: true, power: 60, rated_cycles: 100000")],
    ["relay-with-power", lamp(", power: 60")],
    ["cover-with-rated-cycles", cover],
  ])("is shown as %s.yaml says, in the words of the documentation", async (name, yaml) => {
    await expect(pretty(componentsOf(yaml))).toMatchFileSnapshot(golden(name));
    checkDeviceMessage(messagesOf(yaml)[agentTopic] as Message);
  });

  it("is not there where nobody asked for it, and only what was asked for is enabled", () => {
    expect(Object.keys(componentsOf(lamp(", max_on: 1h")))).toEqual(["lamp__relay__switch"]);
    expect(Object.keys(componentsOf(lamp(", power: 60, show_use: false")))).toEqual(["lamp__relay__switch"]);
    expect(enabled(lamp(", power: 60"))).toEqual(["lamp__relay__switch", "lamp__energy__sensor"]);
    expect(enabled(lamp(", rated_cycles: 1000"))).toEqual(["lamp__relay__switch", "lamp__wear__sensor"]);
    expect(enabled(lamp(", show_use: true"))).toEqual([
      "lamp__relay__switch",
      "lamp__switchings__sensor",
      "lamp__hours_on__sensor",
      "lamp__last_by__sensor",
    ]);
  });

  it("takes the options below its keys, and none of those that are for what the device is", () => {
    const options = "platform: light, icon: mdi:lamp, energy: {name: Meter}, hours_on: {discovery: false}";
    const { lamp__energy__sensor: energy, ...others } = componentsOf(
      lamp(`, show_use: true, power: 60, home_assistant: {${options}}`),
    );
    expect(energy).toMatchObject({ p: "sensor", name: "Meter", device_class: "energy" });
    expect(energy).not.toHaveProperty("icon");
    expect(Object.keys(others)).toEqual(["lamp__relay__light", "lamp__switchings__sensor", "lamp__last_by__sensor"]);
  });
});
