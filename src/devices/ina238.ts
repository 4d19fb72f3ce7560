import { definePowerMonitor } from "../core/readers/power-monitor.ts";

/**
 * Ranges: datasheet INA238, ±163.84 mV at the resistor, or a quarter of it with ti,shunt-gain = 1, as the overlay has it by itself. Driver:
 * drivers/hwmon/ina238.c; newer kernels know the INA237 and INA228 too. Raspberry Pi OS has driver and overlay since January 2025
 * (raspberrypi/linux, "Add suport for TI INA238 power monitor").
 */
export const ina238 = definePowerMonitor({
  kind: "ina238",
  summary: "An INA238, INA237 or INA228 on I2C, read through the kernel's driver ina238.",
  usedFor: "voltage, current and power from an INA238",
  topic: "home/shed/inverter",
  driver: {
    module: "ina238",
    names: ["ina238", "ina237", "ina228"],
    overlay: "i2c-sensor,ina238,gain=4",
    hasAddr: true,
    since: "6.12",
  },
  mostVolts: 102.4,
  mostShuntVolts: 0.163_83,
  widestGain: 4,
});
