import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Driver: drivers/iio/light/bh1750.c, raw and scale in lx. Its scale is 57.5 / 69 = 0.833333 lx a step, so 65535 steps, the end of what it
 * can show, are 54612.5 lx: the range ends just below, since the true value may be more.
 */
export const bh1750 = defineKernelPart({
  kind: "bh1750",
  summary: "A BH1750 on I2C, such as a GY-30 or GY-302 board, read through the kernel's driver bh1750.",
  usedFor: "brightness from a BH1750",
  searchedAs: ["GY-30", "GY-302", "lux"],
  group: "light",
  topic: "home/terrace/light",
  driver: {
    subsystem: "iio",
    module: "bh1750",
    names: ["bh1750", "bh1715", "bh1751"],
    overlay: "i2c-sensor,bh1750",
    hasAddr: true,
    addresses: [0x23, 0x5c],
  },
  measures: {
    illuminance: {
      ...quantity.illuminance,
      range: [0, 54612],
      channel: "in_illuminance",
      simulated: around(320, 150, 300_000),
    },
  },
});
