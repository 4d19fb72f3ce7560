import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Ranges: datasheet HTU21D, sensor performance. Driver: drivers/iio/humidity/htu21.c. It shows what is above 100 % as 100 %, and also what is
 * below 0 %, because it takes that for a large number (ms_sensors_ht_read_humidity). A wrong checksum is ENODEV there.
 */
export const htu21 = defineKernelPart({
  kind: "htu21",
  summary: "An HTU21D on I2C, read through the kernel's driver htu21.",
  usedFor: "temperature and humidity from an HTU21D",
  searchedAs: ["GY-21", "GY-213V-HTU21D"],
  group: "climate",
  topic: "home/laundry/climate",
  driver: {
    subsystem: "iio",
    module: "htu21",
    names: ["htu21"],
    overlay: "i2c-sensor,htu21",
    addresses: [0x40],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 125],
      channel: "in_temp",
      simulated: around(20.4, 0.7, 130_000),
    },
    humidity: {
      ...quantity.humidity,
      range: [0, 100],
      channel: "in_humidityrelative",
      simulated: around(58, 6, 250_000),
    },
  },
});
