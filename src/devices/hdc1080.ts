import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Ranges: datasheet HDC1080, electrical characteristics. Driver: drivers/iio/humidity/hdc100x.c. The HDC1050 and HDC1080 are always at
 * 0x40.
 */
export const hdc1080 = defineKernelPart({
  kind: "hdc1080",
  summary: "An HDC1000, HDC1008, HDC1010, HDC1050 or HDC1080 on I2C, read through the kernel's driver hdc100x.",
  usedFor: "temperature and humidity from an HDC1000 to HDC1080",
  searchedAs: ["GY-213V-HDC1080", "CJMCU-1080"],
  group: "climate",
  topic: "home/study/climate",
  driver: {
    subsystem: "iio",
    module: "hdc100x",
    names: ["hdc1080", "hdc1000", "hdc1008", "hdc1010", "hdc1050", "hdc100x"],
    overlay: "i2c-sensor,hdc100x",
    hasAddr: true,
    addresses: [0x40, 0x41, 0x42, 0x43],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 125],
      channel: "in_temp",
      simulated: around(21.1, 0.6, 160_000),
    },
    humidity: {
      ...quantity.humidity,
      range: [0, 100],
      channel: "in_humidityrelative",
      simulated: around(47, 4, 210_000),
    },
  },
});
