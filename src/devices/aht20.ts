import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Ranges: datasheets AHT10 and AHT20. Driver: drivers/hwmon/aht10.c, which measures anew after two seconds at the earliest.
 * The overlay aht10 is for all of them. As aht20 or dht20 the driver also checks their checksum, which an AHT10 does not send; the overlay
 * i2c-sensor,aht20 is from April 2025 (raspberrypi/linux, "overlays: Add aht20 support to i2c-sensor").
 */
export const aht20 = defineKernelPart({
  kind: "aht20",
  summary:
    "An AHT10, AHT20, AHT21, AHT25 or DHT20 on I2C, read through the kernel's driver aht10 (dtoverlay=i2c-sensor,aht10; for all but an AHT10, systems from May 2025 on have i2c-sensor,aht20, which also checks the checksum).",
  usedFor: "temperature and humidity from an AHT10, AHT20, AHT21 or DHT20",
  searchedAs: ["AHT25", "AM2301B", "GY-AHT20"],
  group: "climate",
  topic: "home/hall/climate",
  driver: {
    subsystem: "hwmon",
    module: "aht10",
    names: ["aht10", "aht20", "dht20"],
    overlay: "i2c-sensor,aht10",
    addresses: [0x38],
  },
  every: { default: "30s", min: "2s" },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 85],
      channel: "temp1_input",
      simulated: around(20.6, 0.8, 170_000),
    },
    humidity: { ...quantity.humidity, range: [0, 100], channel: "humidity1_input", simulated: around(52, 4, 220_000) },
  },
});
