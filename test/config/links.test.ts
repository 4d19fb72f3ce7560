import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkConfig } from "../../src/config/check.ts";
import { link } from "../../src/core/link.ts";
import { kinds } from "../fakes/kinds.ts";
import { probe } from "../fakes/probe.ts";

const follower = probe({
  options: {
    sensor: link("What it follows.", "measure").optional(),
    warmth: link("The temperature that it follows.", "measure", { deviceClass: "temperature" }).optional(),
    output: link("What it drives.", "on_off").optional(),
    window: link("What it waits for.", "input").optional(),
  },
  command: z.enum(["on", "off"]),
});

const barometer = probe({
  kind: "barometer",
  command: undefined as never,
  measures: {
    pressure: { device_class: "pressure", digits: 1, range: [800, 1_200] },
    trend: { digits: 1, range: [-100, 100] },
  },
});

const others = `  climate: {kind: dht, topic: climate, pin: 4}
  boiler: {kind: ds18b20, topic: boiler}
  lamp: {kind: relay, topic: lamp, pin: 17}
  door: {kind: contact, topic: door, pin: 5}
  strip: {kind: light, topic: strip, pin: 18}
  shutter: {kind: cover, topic: shutter, open_pin: 22, close_pin: 23, open_time: 25s}
  air: {kind: barometer, topic: air}
`;

function problems(options: string, more = others): readonly string[] {
  const text = `devices:\n${more}  it: {kind: probe, topic: it, ${options}}\n`;
  const known = { kinds: [...kinds, follower, barometer], backends: [], environment: {}, hostname: "test" };
  return checkConfig("devices.yaml", new TextEncoder().encode(text), known).problems;
}

describe("a link to another device", () => {
  it.each([
    "sensor: climate.temperature",
    "sensor: climate.humidity",
    "sensor: boiler",
    "sensor: boiler.temperature",
    "warmth: boiler",
    "warmth: climate.temperature",
    "output: lamp",
    "window: door",
    "window: lamp",
    "window: strip",
  ])("is taken where it leads there: %s", (options) => {
    expect(problems(options)).toEqual([]);
  });

  it.each([
    ["sensor: climat.temperature", 'there is no other device "climat"; did you mean "climate"?'],
    [
      "sensor: it.temperature",
      'there is no other device "it"; there are climate, boiler, lamp, door, strip, shutter, air',
    ],
    ["sensor: climate", '"climate" measures temperature and humidity; write which, such as climate.temperature'],
    ["sensor: climate.temprature", '"climate" has no measure "temprature"; did you mean "temperature"?'],
    ["sensor: lamp.temperature", '"lamp" is a relay, which measures nothing; name a sensor'],
    ["output: climate", '"climate" is a dht, which cannot be switched on and off; name an output'],
    ["output: door", '"door" is a contact, which cannot be switched on and off; name an output'],
    ["output: lamp.state", '"lamp.state" names a measure; write "lamp"'],
    ["warmth: climate", '"climate" measures temperature and humidity; write which, such as climate.temperature'],
    ["warmth: climate.humidity", '"climate.humidity" is not a temperature; write climate.temperature'],
    ["warmth: air.pressure", '"air" measures pressure and trend; name a sensor of temperature'],
    ["warmth: air.trend", '"air" measures pressure and trend; name a sensor of temperature'],
    ["warmth: air", '"air" measures pressure and trend; name a sensor of temperature'],
    ["window: climate", '"climate" is a dht, which is never just on or off; name a contact'],
    ["window: shutter", '"shutter" is a cover, which is never just on or off; name a contact'],
    ["window: door.state", '"door.state" names a measure; write "door"'],
    [
      'sensor: "climate temperature"',
      '"climate temperature" names no measure; write a device\'s id, a point and its measure, such as office-climate.temperature',
    ],
  ])("is refused with what to do: %s", (options, sentence) => {
    const [option = ""] = options.split(":");
    const column = `  it: {kind: probe, topic: it, ${option}: `.length + 1;
    expect(problems(options)).toEqual([`devices.yaml:9:${column}  devices.it.${option}: ${sentence}`]);
  });

  it("is not complained of where the other device has a mistake of its own", () => {
    const wrong = others.replace("pin: 4", "pin: 99");
    expect(problems("sensor: climate.temperature", wrong)).toEqual([expect.stringContaining("pin 99")]);
  });

  it("is refused in a circle, wherever it begins", () => {
    const chain = `${others}  one: {kind: probe, topic: one, output: two}\n  two: {kind: probe, topic: two, output: it}\n`;
    const found = problems("output: one", chain);
    expect(found).toHaveLength(3);
    expect(found[0]).toContain(
      "the devices one > two > it > one name each other in a circle; take one of these links out",
    );
    expect(problems("output: lamp", chain)).toEqual([]);
  });
});
