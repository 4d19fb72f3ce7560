import { defineConverter, voltageChannel } from "../core/analog/define-converter.ts";

/** The bits of the raw number at each rate of samples per second (datasheet DS22088, table 5-3). */
const bitsAtRate: Readonly<Record<number, number>> = { 240: 12, 60: 14, 15: 16, 3: 18 };

/**
 * How long to wait after the driver has chosen an input, before its number is taken. The driver waits for 4, 16, 66 or 333 ms (mcp3422_read_times),
 * and the part may need 5.7, 22.7, 91 or 364 ms (datasheet DS22088, data rates of 176, 44, 11 and 2.75 samples at least): so the first
 * number may still be that of the input that was read before.
 */
const settleMs = 50;

/**
 * Driver: drivers/iio/adc/mcp3422.c. Its scale is in volts, not in the millivolts that IIO asks for, and is that of the channel which was
 * read last: so it is read after the raw number. Each input is a difference of two pins with its own reference of 2.048 V.
 */
export const mcp3422 = defineConverter({
  kind: "mcp3422",
  summary:
    "An MCP3421 to MCP3428 on I2C: one, two or four precise inputs up to 2.048 V, each the difference of two pins, read through the kernel's driver mcp3422; its overlay is mcp342x with the part's name.",
  usedFor: "small voltages, shunts and bridges on an MCP3421 to MCP3424 (12 to 18 bits)",
  driver: {
    subsystem: "iio",
    module: "mcp3422",
    names: ["mcp3422", "mcp3421", "mcp3423", "mcp3424", "mcp3425", "mcp3426", "mcp3427", "mcp3428"],
    overlay: "mcp342x,mcp3422",
    hasAddr: true,
    addresses: [0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
  },
  inputs: ["0", "1", "2", "3"],
  options: {},
  example: {
    topic: "home/solar/inputs",
    channels: { panel: { input: 0, divider: ["100k", "4.7k"] }, charge: { input: 1, shunt: "50m" } },
  },
  maxVolts: 2.048,
  endsAtReference: false,
  endAdvice: () => "its voltage is above 2.048 V or above what its gain allows; choose another divider or shunt",
  async sample(files, input) {
    const channel = voltageChannel(input);
    await files.number(`${channel}_raw`);
    await files.pause(settleMs);
    const raw = await files.number(`${channel}_raw`);
    const scale = await files.number(`${channel}_scale`);
    const end = 2 ** ((bitsAtRate[await files.number("in_voltage_sampling_frequency")] ?? 12) - 1) - 1;
    return { volts: raw * scale, isAtEnd: raw >= end || raw <= -end - 1 };
  },
  shows(volts, input) {
    const channel = voltageChannel(input);
    return {
      [`${channel}_raw`]: Math.max(-2047, Math.min(2046, Math.round(volts / 0.001))),
      [`${channel}_scale`]: "0.001000000",
      in_voltage_sampling_frequency: 240,
    };
  },
});
