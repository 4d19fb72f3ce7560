import { definePowerMonitor } from "../core/readers/power-monitor.ts";

/** Ranges: datasheet INA226, ±81.92 mV at the resistor. Driver: drivers/hwmon/ina2xx.c. */
export const ina226 = definePowerMonitor({
  kind: "ina226",
  summary: "An INA226, INA230 or INA231 on I2C, read through the kernel's driver ina2xx.",
  usedFor: "voltage, current and power from an INA226",
  searchedAs: ["CJMCU-226", "solar panel"],
  topic: "home/shed/battery",
  driver: { module: "ina2xx", names: ["ina226", "ina230", "ina231"] },
  mostVolts: 36,
  mostShuntVolts: 0.081_91,
});
