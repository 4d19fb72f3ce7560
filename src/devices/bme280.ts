import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/** Ranges: datasheet BST-BME280-DS002, table 1. Driver: drivers/iio/pressure/bmp280-core.c. */
export const bme280 = defineKernelPart({
  kind: "bme280",
  summary: "A BME280 on I2C, read through the kernel's driver bmp280.",
  usedFor: "temperature, humidity and air pressure from a BME280",
  searchedAs: ["GY-BME280", "Enviro+"],
  group: "climate",
  topic: "home/office/climate",
  driver: {
    subsystem: "iio",
    module: "bmp280",
    names: ["bme280"],
    overlay: "i2c-sensor,bme280",
    hasAddr: true,
    addresses: [0x76, 0x77],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 85],
      channel: "in_temp",
      simulated: around(21.4, 0.6, 120_000),
    },
    humidity: {
      ...quantity.humidity,
      range: [0, 100],
      channel: "in_humidityrelative",
      simulated: around(48, 3, 200_000),
    },
    pressure: { ...quantity.pressure, range: [300, 1100], channel: "in_pressure", simulated: around(1013, 4, 600_000) },
  },
});
