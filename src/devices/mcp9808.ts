import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Range: datasheet MCP9808. Driver: drivers/hwmon/jc42.c. The kernel calls the part jc42, or jc-42.4-temp where an overlay made
 * it.
 */
export const mcp9808 = defineKernelPart({
  kind: "mcp9808",
  summary: "An MCP9808 or another part after JEDEC JC-42.4 on I2C, read through the kernel's driver jc42.",
  usedFor: "temperature from an MCP9808",
  searchedAs: ["CJMCU-9808"],
  group: "climate",
  topic: "home/freezer/temperature",
  driver: {
    subsystem: "hwmon",
    module: "jc42",
    names: ["jc42", "jc-42.4-temp"],
    overlay: "i2c-sensor,jc42",
    hasAddr: true,
    addresses: [0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f],
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      digits: 2,
      range: [-40, 125],
      channel: "temp1_input",
      simulated: around(-18.4, 0.8, 260_000),
    },
  },
});
