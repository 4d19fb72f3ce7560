import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { checkDeviceMessage } from "./documented.ts";
import { componentsOf, messagesOf } from "./houses.ts";

const golden = (name: string) => new URL(`golden/${name}.yaml`, import.meta.url).pathname;

const house = (device: string) => `devices:
  air: {kind: dht, topic: air, pin: 4, home_assistant: {discovery: false}}
  one: {kind: relay, topic: one, pin: 17, home_assistant: {discovery: false}}
  two: {kind: relay, topic: two, pin: 27, home_assistant: {discovery: false}}
  it: {topic: it, ${device}}
`;

const thermostat = "kind: thermostat, sensor: air.temperature";
const hygrostat = "kind: hygrostat, sensor: air.humidity";

describe("a regulator in Home Assistant", () => {
  it.each([
    ["thermostat-with-all", `${thermostat}, heater: one, cooler: two, presets: {away: 16, night: 18}`],
    ["hygrostat-with-all", `${hygrostat}, humidifier: one, dehumidifier: two, presets: {away: 40}`],
  ])("is shown as %s.yaml says, in the words of the documentation", async (name, device) => {
    const pretty = stringify(componentsOf(house(device)), { lineWidth: 0, aliasDuplicateObjects: false });
    await expect(pretty).toMatchFileSnapshot(golden(name));
    for (const message of Object.values(messagesOf(house(device)))) checkDeviceMessage(message);
  });

  it.each([
    [`${thermostat}, heater: one`, { modes: ["off", "heat"] }],
    [`${thermostat}, cooler: two`, { modes: ["off", "cool"] }],
    [`${thermostat}, heater: one, cooler: two`, { modes: ["off", "heat", "cool", "heat_cool"] }],
    [`${hygrostat}, humidifier: one`, { device_class: "humidifier" }],
    [`${hygrostat}, dehumidifier: two`, { device_class: "dehumidifier" }],
  ])("with %s offers what its outputs can: %j", (device, expected) => {
    expect(Object.values(componentsOf(house(device)))).toMatchObject([expected]);
  });

  it("lists no preset called none for a thermostat: Home Assistant would refuse it", () => {
    const [climate] = Object.values(componentsOf(house(`${thermostat}, heater: one, presets: {away: 16}`)));
    expect(climate).toMatchObject({ preset_modes: ["away"], preset_mode_command_topic: "it/preset/set" });
  });
});
