import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Driver: drivers/iio/chemical/bme680_core.c. It gives humidity in %, not in IIO's thousandths, and in older kernels the pressure in hPa,
 * not in kPa. A part that lost its supply has lost its settings too: it gives EINVAL until the driver is loaded anew. Each channel that is read heats the plate of the gas sensor for 0.15 s, so the part is a little warmer than the air. Ranges:
 * datasheet BST-BME680-DS001, section 1; of the gas, what the driver's formula can give.
 */
export const bme680 = defineKernelPart({
  kind: "bme680",
  summary:
    "A BME680 on I2C, read through the kernel's driver bme680; its heater makes it a little warmer than the air.",
  usedFor: "temperature, humidity, air pressure and gas resistance from a BME680",
  searchedAs: ["GY-BME680", "CJMCU-680"],
  group: "climate",
  topic: "home/kitchen/climate",
  driver: {
    subsystem: "iio",
    module: "bme680",
    names: ["bme680"],
    overlay: "i2c-sensor,bme680",
    hasAddr: true,
    addresses: [0x76, 0x77],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 85],
      channel: "in_temp",
      simulated: around(22.1, 0.6, 120_000),
    },
    humidity: {
      ...quantity.humidity,
      range: [0, 100],
      channel: "in_humidityrelative",
      factor: 1,
      otherUnit: { above: 100, factor: 1 / 1000 },
      simulated: around(45, 4, 200_000),
    },
    pressure: {
      ...quantity.pressure,
      range: [300, 1100],
      channel: "in_pressure",
      otherUnit: { above: 200, factor: 1 },
      simulated: around(1012, 4, 600_000),
    },
    gas_resistance: {
      ...quantity.resistance,
      range: [170, 13_000_000],
      channel: "in_resistance",
      missing: { EINVAL: "the heater did not reach its temperature" },
      simulated: around(82_000, 20_000, 300_000),
    },
  },
  every: { default: "30s", min: "3s" },
});
