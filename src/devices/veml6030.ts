import { quantity } from "../core/readers/quantity.ts";
import { defineReadPart } from "../core/readers/read-part.ts";
import { NoValue } from "../core/sensor/no-value.ts";
import { around } from "../core/simulation/pretend.ts";

/** The highest number of its register: the true brightness may be beyond. */
const end = 65_535;

/**
 * Driver: drivers/iio/light/veml6030.c. `in_illuminance_input` is in lx. In older kernels, such as 6.1, its digits after the point
 * are wrong (they are ten-thousandths, written as millionths), so none are published; and its scale is the gain, not lx a step. How much a
 * step is, and so where the range ends, depends on the kernel: 0.4608 lx and 30199 lx, or 0.5376 lx and 35231 lx in newer ones.
 */
export const veml6030 = defineReadPart({
  kind: "veml6030",
  summary: "A VEML6030 on I2C, read through the kernel's driver veml6030.",
  usedFor: "brightness from a VEML6030",
  group: "light",
  // Raspberry Pi OS builds it since September 2025 (raspberrypi/linux, "configs: Add CONFIG_VEML6030=m"), just after its kernel 6.12.47.
  driver: { subsystem: "iio", module: "veml6030", names: ["veml6030"], addresses: [0x10, 0x48], since: "6.12.48" },
  options: {},
  example: { topic: "home/terrace/light" },
  // Application note 84367: the widest range is 0 to 140 klx.
  measures: { illuminance: { ...quantity.illuminance, range: [0, 141_000] } },
  simulated: { illuminance: around(320, 150, 300_000) },
  async read(files) {
    if ((await files.number("in_illuminance_raw")) >= end)
      return { illuminance: new NoValue("it is brighter than the sensor can measure as it is set up") };
    return { illuminance: await files.channel("in_illuminance") };
  },
  shows: ({ illuminance }) => ({
    in_illuminance_raw: Math.round(illuminance / 0.5376),
    in_illuminance_input: illuminance.toFixed(6),
  }),
});
