import { quantity } from "../core/readers/quantity.ts";
import { defineReadPart } from "../core/readers/read-part.ts";
import { NoValue } from "../core/sensor/no-value.ts";
import { around } from "../core/simulation/pretend.ts";

/** The highest number of its register: the true brightness may be beyond. */
const end = 65_535;

/** A step of the green channel in lx, with the shortest integration time. A time twice as long halves it (datasheet VEML6040, "G sensitivity"). */
const [luxAtShortest, shortestMs] = [0.25168, 40];

/**
 * Driver: drivers/iio/light/veml6040.c: counts of four colors without a scale, and the integration time in milliseconds. It begins with 40 ms.
 * The eye sees as the green channel does, so that gives the brightness.
 */
export const veml6040 = defineReadPart({
  kind: "veml6040",
  summary: "A VEML6040 on I2C, read through the kernel's driver veml6040: the brightness by its green channel.",
  usedFor: "brightness from a VEML6040",
  searchedAs: ["PiicoDev color sensor", "lux"],
  group: "light",
  driver: {
    subsystem: "iio",
    module: "veml6040",
    names: ["veml6040"],
    overlay: "i2c-sensor,veml6040",
    addresses: [0x10],
    // The kernel has it since 6.11. Raspberry Pi OS does not build it in 6.12.22 (raspberrypi/linux, "Add TCS3472 and VEML6040 sensor
    // support"); 6.12.34 is its second kernel after that.
    since: "6.12.34",
  },
  options: {},
  example: { topic: "home/terrace/light" },
  // 65535 × 0.25168 lx.
  measures: { illuminance: { ...quantity.illuminance, range: [0, 16_494] } },
  simulated: { illuminance: around(320, 150, 300_000) },
  async read(files) {
    const green = await files.number("in_intensity_green_raw");
    if (green >= end) return { illuminance: new NoValue("it is brighter than the sensor can measure as it is set up") };
    const milliseconds = await files.number("in_intensity_integration_time");
    return { illuminance: (green * luxAtShortest * shortestMs) / milliseconds };
  },
  shows: ({ illuminance }) => ({
    in_intensity_green_raw: Math.min(end, Math.round(illuminance / luxAtShortest)),
    in_intensity_integration_time: shortestMs,
  }),
});
