import { UserError } from "../core/errors.ts";
import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Ranges: datasheet MAX17040/MAX17041, registers VCELL and SOC; the MAX17041, 44, 49 and 59 measure two cells. A full cell may be shown as
 * somewhat more than 100 %. Driver: drivers/power/supply/max17040_battery.c, which reads a MAX17043, 48 or 58 correctly also as max17040.
 */
export const max17040 = defineKernelPart({
  kind: "max17040",
  summary: "A battery gauge MAX17040 to MAX17059 on I2C, as on UPS boards, read through the kernel's driver max17040.",
  usedFor: "the battery of a UPS board with a MAX17040, MAX17043 or MAX17048",
  searchedAs: ["Geekworm X728", "UPS HAT"],
  group: "electricity",
  topic: "home/office/ups",
  driver: {
    subsystem: "power_supply",
    module: "max17040_battery",
    names: [
      ...["max17040", "max17041", "max17043", "max17044", "max17048", "max17049", "max17058", "max17059"],
      "max77836-battery",
    ],
    overlay: "i2c-sensor,max17040",
    addresses: [0x36],
  },
  measures: {
    voltage: {
      ...quantity.voltage,
      digits: 2,
      entity_category: "diagnostic",
      range: [0, 10.24],
      channel: "voltage_now",
      simulated: around(3.92, 0.15, 1_800_000),
    },
    battery: {
      ...quantity.battery,
      range: [0, 100],
      beyond: 20,
      channel: "capacity",
      simulated: around(78, 12, 1_800_000),
    },
  },
  // Older drivers do not see every error of the bus: then all bits of the registers are set, which are 5.12 V and 255 %.
  async mustAnswer(files) {
    if ((await files.number("capacity")) === 255)
      throw new UserError("the gauge does not answer on its bus", {
        hint: "check its wiring, and whether a cell is in",
      });
  },
});
