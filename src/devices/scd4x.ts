import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Driver: drivers/iio/chemical/scd4x.c. The part measures each 5 s, and each measurement can be read once: for each of the three channels
 * the driver waits for the next one. Raspberry Pi OS builds it since October 2025. The driver's files calibration_auto_enable,
 * calibration_forced_value and in_temp_calibbias calibrate the part. Ranges: datasheet SCD4x, section 1; a CO₂ of 0 is no air.
 */
export const scd4x = defineKernelPart({
  kind: "scd4x",
  summary: "An SCD40 or SCD41 on I2C, read through the kernel's driver scd4x.",
  usedFor: "CO₂, temperature and humidity from an SCD40 or SCD41",
  searchedAs: ["CO2"],
  group: "air",
  topic: "home/living/air",
  driver: {
    subsystem: "iio",
    module: "scd4x",
    names: ["scd41", "scd40"],
    overlay: "i2c-sensor,scd4x",
    addresses: [0x62],
    since: "6.12.52",
  },
  measures: {
    co2: {
      ...quantity.carbonDioxide,
      range: [1, 40_000],
      channel: "in_concentration_co2",
      simulated: around(720, 180, 600_000),
    },
    temperature: {
      ...quantity.temperature,
      range: [-10, 60],
      channel: "in_temp",
      simulated: around(22.3, 0.6, 180_000),
    },
    humidity: {
      ...quantity.humidity,
      range: [0, 100],
      channel: "in_humidityrelative",
      simulated: around(44, 4, 240_000),
    },
  },
  every: { default: "30s", min: "15s" },
  waitsMs: 20_000,
});
