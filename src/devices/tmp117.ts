import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Range: datasheet TMP117, recommended operating conditions. Before its first conversion the part gives -256 °C, which is outside. Driver:
 * drivers/iio/temperature/tmp117.c.
 */
export const tmp117 = defineKernelPart({
  kind: "tmp117",
  summary: "A TMP117 or TMP116 on I2C, read through the kernel's driver tmp117.",
  usedFor: "exact temperature from a TMP117 or TMP116",
  group: "climate",
  topic: "home/laboratory/temperature",
  driver: {
    subsystem: "iio",
    module: "tmp117",
    names: ["tmp117", "tmp116"],
    overlay: "i2c-sensor,tmp117",
    addresses: [0x48, 0x49, 0x4a, 0x4b],
    // Raspberry Pi OS builds it since October 2025 (raspberrypi/linux, "Add config settings and i2c-sensor support for the TMP117"): its
    // kernel 6.12.47 does not have it.
    since: "6.12.48",
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      digits: 2,
      range: [-55, 150],
      channel: "in_temp",
      simulated: around(21.2, 0.3, 300_000),
    },
  },
});
