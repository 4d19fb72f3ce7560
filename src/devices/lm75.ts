import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/** All parts of drivers/hwmon/lm75.c in Linux 6.12. Range: the widest of them, that of the MAX31725. */
export const lm75 = defineKernelPart({
  kind: "lm75",
  summary:
    "An LM75 or a relative on I2C (TMP75, TMP112, PCT2075, MCP9800, DS75), read through the kernel's driver lm75.",
  usedFor: "temperature from an LM75 or a relative, such as TMP75 or PCT2075",
  searchedAs: ["CJMCU-75", "LM75A"],
  group: "climate",
  topic: "home/cabinet/temperature",
  driver: {
    subsystem: "hwmon",
    module: "lm75",
    names: [
      ...["lm75", "lm75a", "lm75b", "adt75", "as6200", "at30ts74", "ds1775", "ds75", "ds7505", "g751", "max6625"],
      ...["max6626", "max31725", "max31726", "mcp980x", "pct2075", "stds75", "stlm75", "tcn75", "tmp100", "tmp101"],
      ...["tmp105", "tmp112", "tmp175", "tmp275", "tmp75", "tmp75b", "tmp75c", "tmp1075"],
    ],
    overlay: "i2c-sensor,lm75",
    hasAddr: true,
    // The overlay's own address is the first.
    addresses: [0x4f, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-55, 150],
      channel: "temp1_input",
      simulated: around(27, 2, 200_000),
    },
  },
});
