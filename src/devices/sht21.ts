import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Ranges: datasheet SHT21. Its formula gives a humidity from -6 to 119 %, of which what is outside means the limit. Driver:
 * drivers/hwmon/sht21.c.
 */
export const sht21 = defineKernelPart({
  kind: "sht21",
  summary: "An SHT20, SHT21 or SHT25 on I2C, read through the kernel's driver sht21.",
  usedFor: "temperature and humidity from an SHT20, SHT21 or SHT25",
  searchedAs: ["GY-21"],
  group: "climate",
  topic: "home/greenhouse/climate",
  driver: { subsystem: "hwmon", module: "sht21", names: ["sht21", "sht20", "sht25"], addresses: [0x40] },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 125],
      channel: "temp1_input",
      simulated: around(24.2, 1.5, 180_000),
    },
    humidity: {
      ...quantity.humidity,
      range: [0, 100],
      beyond: 19,
      channel: "humidity1_input",
      simulated: around(66, 7, 260_000),
    },
  },
});
