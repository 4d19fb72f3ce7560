import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * The kernel calls the whole family si7020; it does not read the second input of an Si7013. Ranges: datasheet Si7021-A20, section 1.
 * Driver: drivers/iio/humidity/si7020.c.
 */
export const si7021 = defineKernelPart({
  kind: "si7021",
  summary: "An Si7021, Si7020 or Si7013 on I2C, read through the kernel's driver si7020.",
  usedFor: "temperature and humidity from an Si7013, Si7020 or Si7021",
  searchedAs: ["GY-21", "GY-213V-SI7021"],
  group: "climate",
  topic: "home/bedroom/climate",
  driver: {
    subsystem: "iio",
    module: "si7020",
    names: ["si7020", "th06"],
    overlay: "i2c-sensor,si7020",
    addresses: [0x40, 0x41],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 125],
      channel: "in_temp",
      simulated: around(19.8, 0.6, 170_000),
    },
    humidity: {
      ...quantity.humidity,
      range: [0, 100],
      channel: "in_humidityrelative",
      simulated: around(51, 4, 220_000),
    },
  },
});
