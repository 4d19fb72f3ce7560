import * as z from "zod";
import { sharedConversions } from "../core/readers/w1/conversions.ts";
import { findW1, pretendedW1, readW1, type W1Part, w1Address, w1Options, w1Turn } from "../core/readers/w1/place.ts";
import { keptResolution } from "../core/readers/w1/resolution.ts";
import { believed, checkScratchpad, temperatureOf, zeroScratchpad } from "../core/readers/w1/temperature.ts";
import { defineSensor } from "../core/sensor.ts";
import { around, milli } from "../core/simulation/pretend.ts";

/** DS18S20, DS1822, DS18B20, DS1825 and DS28EA00. The kernel's driver w1_therm reads all of them (Documentation/w1/slaves/w1_therm.rst). */
const thermometer: W1Part = {
  name: "thermometer",
  families: ["10", "22", "28", "3b", "42"],
  example: "28-0316a2795dff",
};

/** A 1-Wire thermometer. */
export const ds18b20 = defineSensor({
  kind: "ds18b20",
  summary: "A DS18B20 1-Wire thermometer, read through the kernel (dtoverlay=w1-gpio).",
  usedFor: "temperature from a DS18B20 on 1-Wire",
  searchedAs: ["KY-001", "Dallas", "waterproof thermometer", "DS18S20", "DS1822"],
  alsoCalled: ["dallas", "dallastemp", "onewire", "1wire", "w1", "ds18x20"],
  group: "climate",
  options: {
    ...w1Options(thermometer),
    resolution: z
      .int()
      .min(9)
      .max(12)
      .optional()
      .describe(
        "With how many bits it measures: 9 (0.5 °C, in 0.1 s), 10, 11 or 12 (0.06 °C, in 0.75 s). Default: as the sensor is set.",
      ),
  },
  example: { topic: "home/cellar/boiler", address: "28-0316a2795dff", every: "1m" },
  every: { default: "1m", min: "2s" },
  connection: { bus: "1-Wire", line: "dtoverlay=w1-gpio" },
  oneAtATime: w1Turn,
  conflicts: ({ address, resolution }) =>
    resolution !== undefined && address?.startsWith("10-")
      ? { resolution: "is of no use: a DS18S20, whose number begins with 10, always measures with 9 bits" }
      : {},
  measures: { temperature: { unit: "°C", device_class: "temperature", digits: 2, range: [-55, 125] } },
  pretend: {
    values: { temperature: around(19, 1, 300_000) },
    identity: ({ address = thermometer.example }) => address,
    files: (options, { temperature }) => {
      const folder = pretendedW1(thermometer, options);
      return { [`${folder}/temperature`]: milli(temperature), [`${folder}/w1_slave`]: zeroScratchpad };
    },
  },
  async open({ resolution, ...place }, { files, clock, log, onStop }) {
    const conversions = sharedConversions(files);
    if (place.address !== undefined) onStop(conversions.join(place.address));
    const resolve = keptResolution(files, resolution, log);
    let last: number | undefined;
    const measure = async () => {
      const folder = await findW1(files, thermometer, place);
      await resolve.before(folder);
      await conversions.prepare(w1Address(folder), clock);
      const celsius = temperatureOf(await readW1(files, clock, folder, "temperature"));
      // A shorted bus reads as 0 °C.
      if (celsius === 0) checkScratchpad(await readW1(files, clock, folder, "w1_slave"));
      return believed(celsius, last);
    };
    return async () => {
      last = await measure().catch((error: unknown) => {
        resolve.failed();
        throw error;
      });
      return { temperature: last };
    };
  },
});
