import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/** Ranges: datasheet BST-BMP180-DS000, section 1. The BMP085 is read in the same way. Driver: drivers/iio/pressure/bmp280-core.c. */
export const bmp180 = defineKernelPart({
  kind: "bmp180",
  summary: "A BMP180 or BMP085 on I2C, read through the kernel's driver bmp280.",
  usedFor: "air pressure and temperature from a BMP180 or BMP085",
  searchedAs: ["GY-68", "GY-65"],
  group: "climate",
  topic: "home/hall/weather",
  driver: {
    subsystem: "iio",
    module: "bmp280",
    names: ["bmp180", "bmp085"],
    overlay: "i2c-sensor,bmp180",
    addresses: [0x77],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 85],
      channel: "in_temp",
      simulated: around(20.8, 0.5, 180_000),
    },
    pressure: { ...quantity.pressure, range: [300, 1100], channel: "in_pressure", simulated: around(1009, 5, 600_000) },
  },
});
