import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/** Range: datasheets ADT7410 and ADT7420. Driver: drivers/hwmon/adt7410.c and adt7x10.c. */
export const adt7410 = defineKernelPart({
  kind: "adt7410",
  summary: "An ADT7410 or ADT7420 on I2C, read through the kernel's driver adt7410.",
  usedFor: "temperature from an ADT7410 or ADT7420",
  group: "climate",
  topic: "home/rack/temperature",
  driver: {
    subsystem: "hwmon",
    module: "adt7410",
    names: ["adt7410", "adt7420"],
    overlay: "i2c-sensor,adt7410",
    hasAddr: true,
    addresses: [0x48, 0x49, 0x4a, 0x4b],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      digits: 2,
      range: [-55, 150],
      channel: "temp1_input",
      simulated: around(29, 2, 210_000),
    },
  },
});
