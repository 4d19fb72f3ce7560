import { defineReadPart } from "../core/readers/read-part.ts";
import { NoValue } from "../core/sensor/no-value.ts";
import { around } from "../core/simulation/pretend.ts";

const colors = ["clear", "red", "green", "blue"] as const;
/** How many cycles of the converter an integration time is (apds9960.c, apds9960_int_time); each counts to 1025 (datasheet, ATIME). */
const cycles: Readonly<Record<string, number>> = { "0.028": 10, "0.1": 37, "0.2": 74, "0.7": 256 };

/**
 * Driver: drivers/iio/light/apds9960.c. All its channels are counts without a unit; its scales are the gains, by which the counts are not
 * to be multiplied. With `noints` in its overlay the driver refuses the part; but the interrupt need not be wired for these readings.
 */
export const apds9960 = defineReadPart({
  kind: "apds9960",
  summary:
    "An APDS-9960 on I2C, read through the kernel's driver apds9960: how near something is, and the light in four colors, as counts without a unit. Its overlay takes pin 4 for the interrupt, wired or not, or the pin that gpiopin= names.",
  usedFor: "nearness and colored light from an APDS-9960",
  searchedAs: ["GY-9960", "proximity"],
  group: "light",
  driver: { subsystem: "iio", module: "apds9960", names: ["apds9960"], overlay: "apds9960", addresses: [0x39] },
  options: {},
  example: { topic: "home/hall/gesture", every: "5s" },
  measures: {
    proximity: { digits: 0, range: [0, 255] },
    clear: { name: "Clear light", digits: 0, range: [0, 65_535] },
    red: { name: "Red light", digits: 0, range: [0, 65_535] },
    green: { name: "Green light", digits: 0, range: [0, 65_535] },
    blue: { name: "Blue light", digits: 0, range: [0, 65_535] },
  },
  simulated: {
    proximity: around(20, 15, 120_000),
    clear: around(2_400, 600, 300_000),
    red: around(900, 200, 300_000),
    green: around(850, 200, 300_000),
    blue: around(700, 200, 300_000),
  },
  async read(files) {
    const proximity = await files.number("in_proximity_raw");
    const seconds = await files.number("in_intensity_integration_time");
    const end = Math.min(65_535, (cycles[String(seconds)] ?? 256) * 1_025);
    const light = {} as Record<(typeof colors)[number], number | NoValue>;
    for (const color of colors) {
      const counts = await files.number(`in_intensity_${color}_raw`);
      light[color] = counts >= end ? new NoValue("it is brighter than the sensor can measure as it is set up") : counts;
    }
    return { proximity, ...light };
  },
  shows: ({ proximity, ...light }) => ({
    in_proximity_raw: Math.round(proximity),
    in_proximity_scale: 1,
    ...Object.fromEntries(colors.map((color) => [`in_intensity_${color}_raw`, Math.round(light[color])])),
    in_intensity_scale: 1,
    in_intensity_integration_time: "0.028000",
  }),
});
