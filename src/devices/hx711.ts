import * as z from "zod";
import type { Measure } from "../core/measure.ts";
import { pin } from "../core/pin.ts";
import { NoValue } from "../core/sensor/no-value.ts";
import { defineSensor } from "../core/sensor.ts";
import { around, type Drift } from "../core/simulation/pretend.ts";

/** The pulses that read a value choose the gain of the next one: 25 for 128, 26 for 32 on channel B, 27 for 64 (datasheet, table 3). */
const pulsesFor = { 128: 25, 32: 26, 64: 27 } as const;
/** Values at the ends of the 24 bits mean that the input was past its range. */
const ends = [-(2 ** 23), 2 ** 23 - 1];

const raw: Measure = { name: "Raw value", digits: 0, range: [-(2 ** 23), 2 ** 23 - 1], entity_category: "diagnostic" };
const weight: Measure = { unit: "kg", device_class: "weight", digits: 3, range: [-100_000, 100_000] };

/** A scale with load cells. */
export const hx711 = defineSensor({
  kind: "hx711",
  summary: "An HX711 with load cells: what it counts, and the weight once counts_per_kg is known.",
  usedFor: "a weight from load cells with an HX711",
  searchedAs: ["scale", "beehive"],
  group: "motion",
  options: {
    clk_pin: pin("The pin that the clock (SCK) is wired to, as a BCM number.", "driver", { part: "clock" }),
    dout_pin: pin("The pin that the data (DT) is wired to, as a BCM number.", "driver", { part: "data" }),
    gain: z
      .union([z.literal(128), z.literal(64), z.literal(32)], { error: "is none of 128, 64 and 32" })
      .default(128)
      .describe("The gain: 128 or 64 for channel A, 32 for channel B. Default: 128."),
    zero: z.int().min(-8_388_608).max(8_388_607).default(0).describe("What it counts with nothing on it. Default: 0."),
    counts_per_kg: z
      .number()
      .min(-8_388_608)
      .max(8_388_607)
      .refine((counts) => counts !== 0, { error: "is 0; write what it counts for a kilogram" })
      .optional()
      .describe("By how much the count changes for a kilogram. Without it only the count is published."),
  },
  example: { topic: "home/garden/hive", clk_pin: 5, dout_pin: 6, zero: 81_200, counts_per_kg: 21_500 },
  every: { default: "10s", min: "1s" },
  wiring: { part: "sensor", supply: "3V3" },
  measures: ({ counts_per_kg: perKg }): Readonly<Record<string, Measure>> =>
    perKg === undefined ? { raw } : { weight, raw },
  pretend: {
    values: ({ counts_per_kg: perKg, zero }): Readonly<Record<string, Drift>> => {
      const [zeroCount, kilogram] = [Number(zero ?? 0), Number(perKg ?? 20_000)];
      const count = around(zeroCount + 12 * kilogram, Math.abs(kilogram) / 4, 600_000);
      return perKg === undefined ? { raw: count } : { weight: around(12, 0.25, 600_000), raw: count };
    },
    identity: ({ clk_pin: clock, dout_pin: data }) => [clock, data],
    timed: ({ clk_pin: clock, dout_pin: data, zero, counts_per_kg: perKg }, now) => ({
      pins: [Number(clock), Number(data)],
      answer() {
        const { weight: kilograms, raw: count = 0 } = now();
        return Math.round(kilograms === undefined ? count : Number(zero ?? 0) + kilograms * Number(perKg));
      },
    }),
  },
  async open({ clk_pin: clock, dout_pin: data, gain, zero, counts_per_kg: perKg }, { timedPins, onStop }) {
    const part = await timedPins.shifted(clock, data);
    onStop(() => part.close());
    const pulses = pulsesFor[gain];
    // After power-on its value has the gain 128 until somebody has chosen one (datasheet, "Reset and power-down control").
    let isChosen = false;
    const counted = async () => {
      if (!isChosen) await part.read(pulses);
      isChosen = false;
      const count = await part.read(pulses);
      isChosen = true;
      return count;
    };
    await part.read(pulses);
    isChosen = true;
    return async (): Promise<Readonly<Record<string, number | NoValue>>> => {
      const count = await counted();
      const value = ends.includes(count) ? new NoValue("the load cells are past the range of the part") : count;
      if (perKg === undefined) return { raw: value };
      return { weight: typeof value === "number" ? (value - zero) / perKg : value, raw: value };
    };
  },
});
