import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/** Range: datasheet TMP102, with the 13 bits that the driver chooses. Driver: drivers/hwmon/tmp102.c. */
export const tmp102 = defineKernelPart({
  kind: "tmp102",
  summary: "A TMP102 on I2C, read through the kernel's driver tmp102.",
  usedFor: "temperature from a TMP102",
  group: "climate",
  topic: "home/attic/temperature",
  driver: {
    subsystem: "hwmon",
    module: "tmp102",
    names: ["tmp102"],
    overlay: "i2c-sensor,tmp102",
    hasAddr: true,
    addresses: [0x48, 0x49, 0x4a, 0x4b],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      digits: 2,
      range: [-55, 150],
      channel: "temp1_input",
      simulated: around(16, 1.5, 240_000),
    },
  },
});
