import { definePowerMonitor } from "../core/readers/power-monitor.ts";

/** Ranges: datasheet INA219, the gain of 1/8 that the driver chooses, ±320 mV. Driver: drivers/hwmon/ina2xx.c. */
export const ina219 = definePowerMonitor({
  kind: "ina219",
  summary: "An INA219 or INA220 on I2C, read through the kernel's driver ina2xx.",
  usedFor: "voltage, current and power from an INA219",
  searchedAs: ["GY-INA219", "CJMCU-219", "Waveshare UPS HAT", "solar panel"],
  topic: "home/shed/solar",
  driver: { module: "ina2xx", names: ["ina219", "ina220"] },
  mostVolts: 32,
  mostShuntVolts: 0.319_99,
});
