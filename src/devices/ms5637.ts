import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Driver: drivers/iio/pressure/ms5637.c. It reads the pressure and the temperature of an MS5805 and an MS8607 in the same way. Ranges:
 * datasheet MS5637-02BA03, performance specifications.
 */
export const ms5637 = defineKernelPart({
  kind: "ms5637",
  summary: "An MS5637, MS5805 or MS8607 on I2C, read through the kernel's driver ms5637.",
  usedFor: "air pressure and temperature from an MS5637, MS5805 or MS8607",
  group: "climate",
  topic: "home/balcony/weather",
  driver: {
    subsystem: "iio",
    module: "ms5637",
    names: ["ms5637", "ms5805", "ms8607-temppressure"],
    overlay: "i2c-sensor,ms5637",
    addresses: [0x76],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 85],
      channel: "in_temp",
      simulated: around(16.2, 1.4, 210_000),
    },
    pressure: { ...quantity.pressure, range: [10, 2000], channel: "in_pressure", simulated: around(1010, 4, 600_000) },
  },
});
