import { UserError } from "../core/errors.ts";
import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/** Range: datasheet DS1621. Driver: drivers/hwmon/ds1621.c. */
export const ds1621 = defineKernelPart({
  kind: "ds1621",
  summary: "A DS1621, DS1625, DS1631, DS1721 or DS1731 on I2C, read through the kernel's driver ds1621.",
  usedFor: "temperature from a DS1621, DS1631 or DS1731",
  group: "climate",
  topic: "home/garage/temperature",
  driver: {
    subsystem: "hwmon",
    module: "ds1621",
    names: ["ds1621", "ds1625", "ds1631", "ds1721", "ds1731"],
    overlay: "i2c-sensor,ds1621",
    hasAddr: true,
    addresses: [0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-55, 125],
      channel: "temp1_input",
      simulated: around(11, 1, 280_000),
    },
  },
  // The driver takes the number of an error of the bus for a temperature, -0.4 °C for one that is unplugged, and so for both limits, which
  // it reads at the same time (ds1621_update_client). The two limits of a part that answers are not the same.
  async mustAnswer(files) {
    const lowest = await files.text("temp1_min");
    if (
      lowest !== undefined &&
      lowest === (await files.text("temp1_max")) &&
      lowest === (await files.text("temp1_input"))
    )
      throw new UserError("the sensor does not answer on its bus", { hint: "check its wiring and its supply" });
  },
});
