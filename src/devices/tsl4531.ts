import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/** Driver: drivers/iio/light/tsl4531.c, raw in lx at its 400 ms. 65535 is the end of what it can show, and so no value. */
export const tsl4531 = defineKernelPart({
  kind: "tsl4531",
  summary: "A TSL45311 to TSL45317 on I2C, read through the kernel's driver tsl4531.",
  usedFor: "brightness from a TSL4531",
  group: "light",
  topic: "home/terrace/light",
  driver: {
    subsystem: "iio",
    module: "tsl4531",
    names: ["tsl4531"],
    overlay: "i2c-sensor,tsl4531",
    addresses: [0x29, 0x39],
  },
  measures: {
    illuminance: {
      ...quantity.illuminance,
      range: [0, 65534],
      channel: "in_illuminance",
      simulated: around(320, 150, 300_000),
    },
  },
});
