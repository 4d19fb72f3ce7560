import { describe, expect, it } from "vitest";
import { checkConfig } from "../../../src/config/check.ts";
import { kinds } from "../../fakes/kinds.ts";

describe("a thermostat in devices.yaml", () => {
  const problems = (options: string) => {
    const text = `devices:
  room: {kind: dht, topic: room, pin: 4}
  heater: {kind: relay, topic: heater, pin: 17}
  cooler: {kind: relay, topic: cooler, pin: 27}
  it: {kind: thermostat, topic: it, sensor: room.temperature${options}}
`;
    const known = { kinds, backends: [], environment: {}, hostname: "test" };
    return checkConfig("devices.yaml", new TextEncoder().encode(text), known).problems;
  };

  it.each([
    [", heater: heater", []],
    [", cooler: cooler, mode: cool, target: 5, min_target: 5, max_target: 5", []],
    ["", ["heater: is missing, and so is cooler; name the output that heats or cools"]],
    [", heater: heater, cooler: heater", ["cooler: is the heater too; name another output"]],
    [", heater: heater, mode: cool", ["mode: needs other outputs; write one of off, heat"]],
    [", heater: heater, target: 31", ["target: is not from 5 to 30; change it, or the limits"]],
    [", heater: heater, max_target: 18", ["target: is not from 5 to 18; change it, or the limits"]],
    [
      ", heater: heater, min_target: 25, max_target: 18",
      ["min_target: is above max_target, which is 18; exchange them"],
    ],
    [", heater: heater, cooler: heater, mode: auto", ['mode: "auto" is none of off, heat, cool, heat_cool']],
    [", heater: room", ['heater: "room" is a dht, which cannot be switched on and off; name an output']],
  ])("with the options %s has these problems: %j", (options, expected) => {
    const sentences = problems(options).map((line) => line.replace(/^devices\.yaml:5:\d+ {2}devices\.it\./, ""));
    expect(sentences).toEqual(expected);
  });
});
