import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Driver: drivers/iio/light/veml6070.c. It makes whole steps of the UV index from the intensity, for the resistor of 270 kΩ that boards
 * have at RSET; 11 means 11 or more. It takes the addresses 0x38 and 0x39.
 */
export const veml6070 = defineKernelPart({
  kind: "veml6070",
  summary:
    "A VEML6070 on I2C, read through the kernel's driver veml6070: the UV index in whole steps, where 11 is 11 or more.",
  usedFor: "the UV index from a VEML6070",
  searchedAs: ["GY-VEML6070"],
  group: "light",
  topic: "home/terrace/uv",
  driver: {
    subsystem: "iio",
    module: "veml6070",
    names: ["veml6070"],
    overlay: "i2c-sensor,veml6070",
    addresses: [0x38],
  },
  measures: {
    uv_index: {
      ...quantity.uvIndex,
      digits: 0,
      range: [0, 11],
      channel: "in_uvindex",
      simulated: around(4, 3, 600_000),
    },
  },
});
