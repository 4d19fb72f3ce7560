import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Ranges: datasheet SHT4x. Its formula gives a humidity from -6 to 119 %, of which what is outside means the limit. Driver:
 * drivers/hwmon/sht4x.c, which measures anew after two seconds at the earliest. Its heater is for whoever writes the driver's files as root.
 */
export const sht4x = defineKernelPart({
  kind: "sht4x",
  summary: "An SHT40, SHT41 or SHT45 on I2C, read through the kernel's driver sht4x.",
  usedFor: "temperature and humidity from an SHT40, SHT41 or SHT45",
  group: "climate",
  topic: "home/living-room/climate",
  driver: {
    subsystem: "hwmon",
    module: "sht4x",
    names: ["sht4x"],
    overlay: "i2c-sensor,sht4x",
    hasAddr: true,
    addresses: [0x44, 0x45, 0x46],
  },
  every: { default: "30s", min: "2s" },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 125],
      channel: "temp1_input",
      simulated: around(21.8, 0.7, 140_000),
    },
    humidity: {
      ...quantity.humidity,
      range: [0, 100],
      beyond: 19,
      channel: "humidity1_input",
      simulated: around(47, 4, 230_000),
    },
  },
});
