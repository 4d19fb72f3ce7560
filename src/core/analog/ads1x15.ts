import type { PartFiles } from "../readers/part-files.ts";
import { analogUses } from "./analog-uses.ts";
import { defineConverter, type Sample, voltageChannel } from "./define-converter.ts";

/** The inputs in the order of the chip's multiplexer, which is what the overlay's cfg parameter is (ads1115-overlay.dts). */
const multiplexed = ["0-1", "0-3", "1-3", "2-3", "0", "1", "2", "3"];
/** Range of ±4.096 V, which the overlay calls gain 1; it shows all that a supply of 3.3 V can give. */
const simulatedVolts = 4.096;

/**
 * An ADS1015 or ADS1115. Its driver drivers/iio/adc/ti-ads1015.c shows raw numbers with a sign and a scale in mV. Without the overlay's
 * channel parameters all inputs have the range ±2.048 V.
 */
export function defineAds1x15(kind: "ads1015" | "ads1115", bits: 12 | 16) {
  const end = 2 ** (bits - 1) - 1;
  return defineConverter({
    kind,
    summary: `An ${kind.toUpperCase()} on I2C: four analog inputs of ${bits} bits, or differences of two, read through the kernel's driver ti-ads1015; without gain in its overlay an input sees at most 2.048 V.`,
    usedFor: `voltages, currents, thermistors and level senders on an ${kind.toUpperCase()} (${bits} bits)`,
    searchedAs: analogUses,
    driver: {
      subsystem: "iio",
      module: "ti-ads1015",
      names: [kind],
      overlay: kind,
      hasAddr: true,
      addresses: [0x48, 0x49, 0x4a, 0x4b],
    },
    inputs: [...multiplexed.slice(4), ...multiplexed.slice(0, 4)],
    options: {},
    example: {
      topic: "home/cellar/inputs",
      channels: {
        battery: { input: 0, divider: ["100k", "10k"] },
        boiler: { input: 1, resistor: "10k", ntc: { b_constant: 3950, reference_resistance: "10k" } },
        charger: { input: "2-3", shunt: 0.1 },
      },
    },
    // Datasheet SBAS444, table 3: the widest range is ±6.144 V.
    maxVolts: 6.144,
    endsAtReference: false,
    endAdvice: (input) =>
      `choose a wider one in /boot/firmware/config.txt, as in dtoverlay=${kind},cha_enable,cha_cfg=${multiplexed.indexOf(input)},cha_gain=1 for 4.096 V`,
    async sample(files: PartFiles, input: string): Promise<Sample> {
      const channel = voltageChannel(input);
      const raw = await files.number(`${channel}_raw`);
      const scale = await files.number(`${channel}_scale`);
      return { volts: (raw * scale) / 1000, isAtEnd: raw >= end || raw <= -end - 1 };
    },
    shows(volts, input) {
      const channel = voltageChannel(input);
      const scale = (simulatedVolts * 1000) / (end + 1);
      const raw = Math.max(-end, Math.min(end - 1, Math.round((volts * 1000) / scale)));
      return { [`${channel}_raw`]: raw, [`${channel}_scale`]: scale };
    },
  });
}
