import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Ranges: datasheet SHTC3. Driver: drivers/hwmon/shtc1.c, for all three parts. Its overlay is younger than the driver (raspberrypi/linux,
 * "add shtc3 to i2c-sensors", January 2025).
 */
export const shtc3 = defineKernelPart({
  kind: "shtc3",
  summary: "An SHTC3, SHTC1 or SHTW1 on I2C, read through the kernel's driver shtc1.",
  usedFor: "temperature and humidity from an SHTC3, SHTC1 or SHTW1",
  group: "climate",
  topic: "home/kitchen/climate",
  driver: {
    subsystem: "hwmon",
    module: "shtc1",
    names: ["shtc3", "shtc1", "shtw1"],
    overlay: "i2c-sensor,shtc3",
    overlaySince: "2025",
    addresses: [0x70],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 125],
      channel: "temp1_input",
      simulated: around(21.1, 0.6, 160_000),
    },
    humidity: { ...quantity.humidity, range: [0, 100], channel: "humidity1_input", simulated: around(50, 5, 250_000) },
  },
});
