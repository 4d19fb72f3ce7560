import { expect, it } from "vitest";
import { devices, lamp, legacy, runs } from "./runs.ts";

const air = (more = "") => `  air: {kind: bme280, topic: home/air${more}}\n`;
const file = (measures: string) => `  tank: {kind: file, topic: home/tank, path: /run/tank, measures: {${measures}}}\n`;

const weather = (measures: string) => `  hut: {kind: iio, topic: home/hut, part: bmp580, measures: {${measures}}}\n`;
const pump = (measures: string) =>
  `  pump: {kind: modbus, topic: home/pump, port: /dev/serial/by-id/usb-A, measures: {${measures}}}\n`;
const inputs = (channels: string) => `  adc: {kind: ads1115, topic: home/adc, channels: {${channels}}}\n`;
const watched = (measures: string) => `  pi: {kind: system, topic: home/pi, measures: [${measures}]}\n`;

/** What a sensor loses in an edit of devices.yaml: before, after, and the unique ids that go. */
const edits: [string, string, string, string[]][] = [
  ["a derived measure", air(", derive: [dew_point]"), air(), ["office-pi__air__dew_point"]],
  ["the quality", air(", quality: true"), air(), ["office-pi__air__quality"]],
  ["a filter", air(", filters: {temperature: [{throttle: 5m}]}"), air(), []],
  ["the sensor itself", air(), "", ["humidity", "pressure", "temperature"].map((name) => `office-pi__air__${name}`)],
  ["a free measure", file("level: {}, depth: {}"), file("level: {}"), ["office-pi__tank__depth"]],
  [
    "an IIO channel",
    weather("t: {channel: in_temp}, p: {channel: in_pressure}"),
    weather("t: {channel: in_temp}"),
    ["office-pi__hut__p"],
  ],
  ["a Modbus register", pump("u: {register: 0}, i: {register: 6}"), pump("u: {register: 0}"), ["office-pi__pump__i"]],
  ["an analog input", inputs("a: {input: 0}, b: {input: 1}"), inputs("b: {input: 1}"), ["office-pi__adc__a"]],
  ["a measure that was chosen", watched("load_1m, throttled"), watched("load_1m"), ["office-pi__pi__throttled"]],
  ["the name of a measure", file("level: {}"), file("height: {}"), ["office-pi__tank__level"]],
];

it.each(
  edits.flatMap(([what, ...edit]) =>
    ["", legacy].map((section) => [`${what} ${section}`.trim(), section, ...edit] as const),
  ),
)("forgets what goes with %s, and nothing else", async (_what, section, before, after, gone) => {
  const { homeAssistant } = await runs(section + devices(lamp(), before), section + devices(lamp(), after));
  const fresh = await runs(section + devices(lamp(), after));
  expect(homeAssistant.shown).toEqual(fresh.homeAssistant.shown);
  expect(homeAssistant.list).toEqual(homeAssistant.shown);
  expect(homeAssistant.forgotten.sort()).toEqual(gone);
  expect(homeAssistant.warnings).toEqual([]);
});
