import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * The kernel calls the whole family bmp380. Linux 6.12 knows the chip numbers of the BMP388 and the BMP390; an older one may refuse the
 * BMP390. Ranges: datasheet BST-BMP388-DS001, section 1. Driver: drivers/iio/pressure/bmp280-core.c.
 */
export const bmp388 = defineKernelPart({
  kind: "bmp388",
  summary: "A BMP388 or BMP390 on I2C, read through the kernel's driver bmp280.",
  usedFor: "air pressure and temperature from a BMP388 or BMP390",
  searchedAs: ["GY-BMP388", "GY-BMP390"],
  group: "climate",
  topic: "home/garden/weather",
  driver: {
    subsystem: "iio",
    module: "bmp280",
    names: ["bmp380"],
    overlay: "i2c-sensor,bmp380",
    hasAddr: true,
    addresses: [0x76, 0x77],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 85],
      channel: "in_temp",
      simulated: around(17.4, 1.2, 200_000),
    },
    // It resolves 0.016 Pa, its noise is some 0.01 hPa.
    pressure: {
      ...quantity.pressure,
      digits: 2,
      range: [300, 1250],
      channel: "in_pressure",
      simulated: around(1012, 4, 600_000),
    },
  },
});
