import * as z from "zod";
import { quantity } from "../core/readers/quantity.ts";
import { defineReadPart } from "../core/readers/read-part.ts";
import { NoValue } from "../core/sensor/no-value.ts";
import { around } from "../core/simulation/pretend.ts";
import { type Counts, colorTemperature, endOfCounts, illuminance } from "./tcs34725/dn40.ts";

const tooBright = new NoValue("it is brighter than the sensor can measure as it is set up");

/** The rule sets the part up when it appears; its files can be written by root only. */
const rule =
  'SUBSYSTEM=="iio", ACTION=="add", ATTR{name}=="tcs3472", ATTR{in_intensity_integration_time}="0.153600", ATTR{in_intensity_calibscale}="4"';

/** The driver starts with 2.4 ms and gain 1: a count is 129 lx then. Shorter than this many seconds × gain is too coarse for a value. */
const leastSensitive = 0.0096;

/**
 * Driver: drivers/iio/light/tcs3472.c: counts of four colors, the gain as `in_intensity_calibscale`, the integration time in seconds. The
 * kernel calls all parts of the family tcs3472.
 */
export const tcs34725 = defineReadPart({
  kind: "tcs34725",
  summary:
    "A TCS34725 or TCS34727 on I2C, read through the kernel's driver tcs3472: brightness and color temperature. Its driver starts too coarse; /etc/udev/rules.d needs a line, which the log names.",
  usedFor: "brightness and color temperature from a TCS34725",
  searchedAs: ["CJMCU-34725", "color sensor"],
  group: "light",
  driver: {
    subsystem: "iio",
    module: "tcs3472",
    names: ["tcs3472"],
    addresses: [0x29, 0x39],
    // The driver is much older. Raspberry Pi OS builds it since the spring of 2025 (raspberrypi/linux, "Add TCS3472 and VEML6040 sensor
    // support"), and does not before Linux 6.12.23.
    since: "6.12.34",
  },
  options: {
    glass_attenuation_factor: z
      .number()
      .min(1)
      .max(1000)
      .default(1)
      .describe("How many times darker it is behind the glass in front of the sensor. Default: 1, no glass."),
  },
  example: { topic: "home/office/light" },
  measures: {
    illuminance: { ...quantity.illuminance, range: [0, 200_000] },
    color_temperature: { name: "Color temperature", unit: "K", digits: 0, range: [1_391, 25_000] },
  },
  simulated: { illuminance: around(320, 100, 300_000), color_temperature: around(4_000, 500, 400_000) },
  async read(files, { glass_attenuation_factor: glass }) {
    const counts: Counts = {
      clear: await files.number("in_intensity_clear_raw"),
      red: await files.number("in_intensity_red_raw"),
      green: await files.number("in_intensity_green_raw"),
      blue: await files.number("in_intensity_blue_raw"),
      seconds: await files.number("in_intensity_integration_time"),
      gain: await files.number("in_intensity_calibscale"),
    };
    if (counts.clear >= endOfCounts(counts)) return { illuminance: tooBright, color_temperature: tooBright };
    const lux = illuminance(counts, glass);
    return {
      illuminance:
        counts.seconds * counts.gain < leastSensitive
          ? new NoValue(
              `the driver measures for ${counts.seconds * 1000} ms only; write into /etc/udev/rules.d/90-tcs3472.rules: ${rule}, and reboot`,
            )
          : lux >= 0 || counts.clear < 50
            ? Math.max(0, lux)
            : new NoValue("nearly all its light is infrared"),
      color_temperature: colorTemperature(counts) ?? new NoValue("it is too dark for a color"),
    };
  },
  /** Light without infrared, as the note would give these values: red 1000, blue by the temperature, green by the brightness. */
  shows({ illuminance: lux, color_temperature: kelvin }, { glass_attenuation_factor: glass = 1 }) {
    const [seconds, gain] = [0.1536, 4];
    const total = (lux * seconds * 1000 * gain) / (glass * 310);
    const ratio = (kelvin - 1391) / 3810;
    // With as much green as red: total = red × (0.136 + 1 - 0.444 × ratio).
    const red = Math.max(0, total / (1.136 - 0.444 * ratio));
    const [r, g, b] = [red, red, red * ratio].map(Math.round) as [number, number, number];
    return {
      in_intensity_clear_raw: r + g + b,
      in_intensity_red_raw: r,
      in_intensity_green_raw: g,
      in_intensity_blue_raw: b,
      in_intensity_integration_time: seconds.toFixed(6),
      in_intensity_calibscale: gain,
    };
  },
});
