import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { simulated } from "../../src/gpio/simulated.ts";
import { kinds } from "../fakes/kinds.ts";

/** What is wrong with a device and an option of it for Home Assistant. */
function problems(settings: string, option: string): readonly string[] {
  const text = `devices:
  air: {kind: dht, topic: air, pin: 4}
  one: {kind: relay, topic: one, pin: 17}
  it: {${settings}, home_assistant: {${option}}}
`;
  const known = { kinds, backends: [simulated], environment: {}, hostname: "test" };
  return checkConfig("devices.yaml", new TextEncoder().encode(text), known).problems;
}

describe("the words that Home Assistant may send", () => {
  it.each([
    ["kind: thermostat, topic: a, sensor: air.temperature, heater: one", "temperature_unit: F", /"F" is the agent's/],
    ["kind: fan, topic: a, pin: 18, speed_count: 4", "speed_range_max: 5", /"5" is the agent's, which says how/],
    ["kind: siren, topic: a, pin: 20", "available_tones: [fast, loud]", /has loud, which the device does not know/],
    ["kind: light, topic: a, pin: 18", "effect_list: [rainbow]", /has rainbow, .* write some of none, pulse, candle/],
    [
      "kind: virtual, topic: a, type: select, options: [home]",
      "options: [away]",
      /has away, which .* write some of home$/,
    ],
  ])("keep to what the device knows: %s, %s", (settings, option, sentence) => {
    expect(problems(settings, option)).toEqual([expect.stringMatching(sentence)]);
  });

  it.each([
    ["kind: thermostat, topic: a, sensor: air.temperature, heater: one", "temperature_unit: C"],
    ["kind: siren, topic: a, pin: 20", "available_tones: [fast]"],
    ["kind: light, topic: a, pin: 18", "effect_list: [none, candle]"],
    ["kind: relay, topic: a, pin: 18, show_as: siren", "available_tones: [any]"],
    ["kind: relay, topic: a, pin: 18, show_as: fan", "speed_range_max: 5"],
  ])("may leave out some of it, and say what the agent does not say: %s, %s", (settings, option) => {
    expect(problems(settings, option)).toEqual([]);
  });
});
