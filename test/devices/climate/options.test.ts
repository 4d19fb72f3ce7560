import { describe, expect, it } from "vitest";
import { checkConfig } from "../../../src/config/check.ts";
import { kinds } from "../../fakes/kinds.ts";

describe("a thermostat in devices.yaml", () => {
  const problems = (options: string, kind = "thermostat", sensor = "room.temperature") => {
    const text = `devices:
  room: {kind: dht, topic: room, pin: 4}
  heater: {kind: relay, topic: heater, pin: 17}
  cooler: {kind: relay, topic: cooler, pin: 27}
  window: {kind: contact, topic: window, pin: 5}
  it: {kind: ${kind}, topic: it, sensor: ${sensor}${options}}
`;
    const known = { kinds, backends: [], environment: {}, hostname: "test" };
    return checkConfig("devices.yaml", new TextEncoder().encode(text), known).problems;
  };

  const sentences = (...what: Parameters<typeof problems>) =>
    problems(...what).map((line) => line.replace(/^devices\.yaml:6:\d+ {2}devices\.it\./, ""));

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
    [", heater: heater, fan: heater", ["fan: is the heater too; name another output"]],
    [", heater: heater, cooler: cooler, fan: cooler", ["fan: is the cooler too; name another output"]],
    [
      ", heater: heater, fan_run_on: 1m",
      ["fan_run_on: means nothing without a fan; name its output, or remove the line"],
    ],
    [
      ", heater: heater, window_delay: 1m",
      ["window_delay: means nothing without a window; name its contact, or remove the line"],
    ],
    [
      ", heater: heater, pwm_period: 10m, proportional_band: 1, integral_time: 1h",
      [
        'pwm_period: means nothing without pwm; write "control: pwm", or remove the line',
        'proportional_band: means nothing without pwm; write "control: pwm", or remove the line',
        'integral_time: means nothing without pwm; write "control: pwm", or remove the line',
      ],
    ],
    [", heater: heater, presets: {away: 16}, frost_protection: 5, window: window, fan: cooler, control: pwm", []],
    [
      ", heater: heater, presets: {away: 3, night: 18}",
      ["presets: has away at 3, which is not from 5 to 30; change it, or the limits"],
    ],
    [
      ", heater: heater, presets: {none: 16, Far away: 17}",
      [
        'presets.none: "none" is not the name of a preset; write it with lower-case letters, digits and _, and not none',
        'presets.Far away: "Far away" is not the name of a preset; write it with lower-case letters, digits and _, and not none',
      ],
    ],
    [", heater: heater, window: heater", ["window: is the heater too; name the contact of the window"]],
    [", heater: heater, fan: cooler, window: cooler", ["window: is the fan too; name the contact of the window"]],
    [", heater: heater, target: 21°C", ['target: "21°C" is not a number; write it without a unit: 21']],
    [', heater: heater, target: "21,5"', ['target: "21,5" is not a number; write it with a point: 21.5']],
    [", heater: heater, presets: {away: cold}", ['presets.away: "cold" is not a number']],
    [
      ", heater: heater, presets: [16, 18]",
      ['presets: "[16, 18]" is a list; write a target for each name, as in {away: 16, night: 18}'],
    ],
    [", cooler: cooler, frost_protection: 5", ["frost_protection: needs a heater; name one, or remove the line"]],
    [
      ", heater: heater, cooler: cooler, frost_protection: 5",
      ["frost_protection: is not below min_target, which is 5; else heater and cooler could work against each other"],
    ],
    [", heater: heater, cooler: cooler, frost_protection: 4", []],
    [", heater: heater, window: room", ['window: "room" is a dht, which is never just on or off; name a contact']],
    [
      ", heater: heater, fan: window",
      ['fan: "window" is a contact, which cannot be switched on and off; name an output'],
    ],
    [", heater: room", ['heater: "room" is a dht, which cannot be switched on and off; name an output']],
  ])("with the options %s has these problems: %j", (options, expected) => {
    expect(sentences(options)).toEqual(expected);
  });

  it.each([
    ["hysteresis", "0", "is too small; write at least 0.1"],
    ["hysteresis", "51", "is too large; write at most 50"],
    ["deadband", "-1", "is too small; write at least 0"],
    ["deadband", "51", "is too large; write at most 50"],
    ["target", "-101", "is too small; write at least -100"],
    ["min_on", "0s", "is out of range; write a duration from 1s to 1d"],
    ["min_off", "2d", "is out of range; write a duration from 1s to 1d"],
    ["control", "pid", "is none of two_point, pwm"],
    ["pwm_period", "30s", "is out of range; write a duration from 1m to 2h"],
    ["proportional_band", "0", "is too small; write at least 0.1"],
    ["integral_time", "8d", "is out of range; write a duration from 1m to 7d"],
    ["window_delay", "2h", "is out of range; write a duration from 0s to 1h"],
    ["fan_run_on", "2h", "is out of range; write a duration from 0s to 1h"],
    ["frost_protection", "31", "is too large; write at most 30"],
    ["frost_protection", "-51", "is too small; write at least -50"],
  ])("says what %s may be where it is %s", (option, value, sentence) => {
    expect(sentences(`, heater: heater, ${option}: ${value}`)).toEqual([`${option}: "${value}" ${sentence}`]);
  });

  it.each([
    [
      "thermostat",
      "room.humidity",
      ", heater: heater",
      ['sensor: "room.humidity" is not a temperature; write room.temperature'],
    ],
    ["thermostat", "room.temperature", ", heater: heater", []],
    [
      "hygrostat",
      "room.temperature",
      ", humidifier: heater",
      ['sensor: "room.temperature" is not a humidity; write room.humidity'],
    ],
    ["hygrostat", "room.humidity", ", humidifier: heater", []],
    [
      "hygrostat",
      "room.humidity",
      "",
      ["humidifier: is missing, and so is dehumidifier; name the output that humidifies or dries"],
    ],
    [
      "hygrostat",
      "room.humidity",
      ", humidifier: heater, min_target: 50, max_target: 50",
      ["min_target: is the same as max_target; make it less, or max_target more"],
    ],
    ["hygrostat", "room.humidity", ", humidifier: heater, target: 55.5", ['target: "55.5" is not a whole number']],
    [
      "hygrostat",
      "room.humidity",
      ", humidifier: heater, max_target: 101",
      ['max_target: "101" is too large; write at most 100'],
    ],
  ])("is, as a %s of %s with %s, told %j", (kind, sensor, options, expected) => {
    expect(sentences(options, kind, sensor)).toEqual(expected);
  });

  it("has no frost protection for humidity", () => {
    expect(sentences(", humidifier: heater, frost_protection: 5", "hygrostat", "room.humidity")).toEqual([
      expect.stringContaining('there is no option "frost_protection" for the kind hygrostat'),
    ]);
  });
});
