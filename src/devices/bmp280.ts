import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Ranges: datasheet BST-BMP280-DS001, table 2. Driver: drivers/iio/pressure/bmp280-core.c. Many boards that are sold as BME280 have this
 * part, which measures no humidity.
 */
export const bmp280 = defineKernelPart({
  kind: "bmp280",
  summary: "A BMP280 on I2C, read through the kernel's driver bmp280.",
  usedFor: "air pressure and temperature from a BMP280",
  searchedAs: ["GY-BMP280", "Enviro pHAT"],
  group: "climate",
  topic: "home/attic/weather",
  driver: {
    subsystem: "iio",
    module: "bmp280",
    names: ["bmp280"],
    overlay: "i2c-sensor,bmp280",
    hasAddr: true,
    addresses: [0x76, 0x77],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 85],
      channel: "in_temp",
      simulated: around(19.3, 0.7, 150_000),
    },
    pressure: { ...quantity.pressure, range: [300, 1100], channel: "in_pressure", simulated: around(1011, 4, 600_000) },
  },
});
