import { warmsUp } from "../core/readers/doubt/warms-up.ts";
import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Drivers: drivers/iio/chemical/sps30.c and sps30_i2c.c. They wait a second for each channel, and start the fan at the first reading. The
 * part needs up to 30 s then until its values are right (datasheet SPS30, section 1). PM4 has no class that every Home Assistant knows. Range: up to where the driver
 * gives values (SPS30_MAX_PM).
 */
export const sps30 = defineKernelPart({
  kind: "sps30",
  summary: "An SPS30 on I2C, read through the kernel's driver sps30.",
  usedFor: "fine dust (PM1 to PM10) from an SPS30",
  searchedAs: ["PM2.5", "particles"],
  group: "air",
  topic: "home/living/dust",
  driver: {
    subsystem: "iio",
    module: "sps30_i2c",
    names: ["sps30"],
    overlay: "i2c-sensor,sps30",
    addresses: [0x69],
  },
  measures: {
    pm1: { ...quantity.pm1, range: [0, 3000], channel: "in_massconcentration_pm1", simulated: around(6, 3, 400_000) },
    pm25: {
      ...quantity.pm25,
      range: [0, 3000],
      channel: "in_massconcentration_pm2p5",
      simulated: around(9, 4, 400_000),
    },
    pm4: {
      name: "PM4",
      unit: "µg/m³",
      digits: 1,
      range: [0, 3000],
      channel: "in_massconcentration_pm4",
      simulated: around(10, 4, 400_000),
    },
    pm10: {
      ...quantity.pm10,
      range: [0, 3000],
      channel: "in_massconcentration_pm10",
      simulated: around(11, 5, 400_000),
    },
  },
  every: { default: "30s", min: "10s" },
  waitsMs: 10_000,
  doubt: warmsUp(30_000),
});
