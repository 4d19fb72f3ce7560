import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Ranges: datasheet SHT3x-DIS, tables 1 and 2. Driver: drivers/hwmon/sht3x.c. From Linux 6.6 on it showed an error as a value, -121 m°C for a
 * part that is unplugged, until "hwmon: (sht3x) Fix error handling" of October 2025.
 */
export const sht3x = defineKernelPart({
  kind: "sht3x",
  summary: "An SHT30, SHT31 or SHT35 on I2C, read through the kernel's driver sht3x.",
  usedFor: "temperature and humidity from an SHT30, SHT31 or SHT35",
  searchedAs: ["GY-SHT30-D", "GY-SHT31-D"],
  group: "climate",
  topic: "home/bath/climate",
  driver: {
    subsystem: "hwmon",
    module: "sht3x",
    names: ["sht3x"],
    overlay: "i2c-sensor,sht3x",
    hasAddr: true,
    addresses: [0x44, 0x45],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-45, 130],
      channel: "temp1_input",
      simulated: around(22.6, 0.8, 150_000),
    },
    humidity: { ...quantity.humidity, range: [0, 100], channel: "humidity1_input", simulated: around(56, 6, 240_000) },
  },
  mayShowErrors: true,
});
