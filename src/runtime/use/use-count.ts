import * as z from "zod";

const outputUse = z.object({ switchings: z.int().nonnegative(), on_s: z.number().nonnegative() });

/** The use of a device's outputs, as it is kept over restarts. Every number only grows. */
export const keptUse = z.object({
  /** By the output: the place of its pin in the device's options. */
  outputs: z.record(z.string(), outputUse),
  /** For how many seconds at least one of the outputs was on. */
  on_s: z.number().nonnegative(),
  energy_wh: z.number().nonnegative(),
  /** Who or what switched last, and when; null while that is not known. */
  last_by: z.string().nullable(),
  last_switched: z.string().nullable(),
});

/** See {@link keptUse}. */
export type KeptUse = z.output<typeof keptUse>;

/** The totals of {@link KeptUse}. */
export type UseTotals = Pick<KeptUse, "outputs" | "on_s" | "energy_wh">;

/** Of an output that was never used. */
export const unused: KeptUse = { outputs: {}, on_s: 0, energy_wh: 0, last_by: null, last_switched: null };

/** One line of a device, as it is counted. */
interface CountedLine {
  /** The output that is on it. */
  readonly output: string;
  /** The share of the time that it is on, from 0 to 1. */
  readonly share: number;
  readonly isPulsed: boolean;
}

/**
 * Counts how often the outputs of a device are switched, for how long they are on, and the energy. One switching is from off to on and off
 * again, as datasheets of relays count; it counts when the output goes on. Times are on the scale of the clock.
 */
export class UseCount {
  readonly #powerW: number;
  /** The lines that are claimed now. A device has few, so a list takes less memory than a map, and is as fast. */
  #lines: CountedLine[] = [];
  /** Undefined until one was on: most of a house's outputs are off for long, and an empty map takes a quarter of a kilobyte. */
  #outputs: Map<string, { switchings: number; onMs: number }> | undefined;
  #onMs: number;
  #energyWms: number;
  #untilMs: number;

  constructor(before: UseTotals, powerW: number, nowMs: number) {
    this.#powerW = powerW;
    for (const [output, { switchings, on_s }] of Object.entries(before.outputs))
      Object.assign(this.#of(output), { switchings, onMs: on_s * 1_000 });
    this.#onMs = before.on_s * 1_000;
    this.#energyWms = before.energy_wh * msPerHour;
    this.#untilMs = nowMs;
  }

  /** Whether an output is on. */
  get isOn(): boolean {
    return this.#lines.some(({ share }) => share > 0);
  }

  /**
   * The line is driven, or was seen, like this. Returns whether it has gone on. `asFound`: it was claimed as it was, so it does not count
   * as switched on now.
   */
  seen(line: CountedLine, nowMs: number, asFound = false): boolean {
    this.#passUntil(nowMs);
    const { output } = line;
    const known = this.#lines.findIndex((one) => one.output === output);
    const before = this.#lines[known]?.share ?? 0;
    if (known < 0) this.#lines = this.#lines.concat(line);
    else this.#lines[known] = line;
    const hasGoneOn = line.share > 0 && before === 0 && !asFound;
    if (hasGoneOn) this.#of(output).switchings += 1;
    return hasGoneOn;
  }

  /** The line was given back: what it does now, nobody sees. */
  closed(output: string, nowMs: number): void {
    this.#passUntil(nowMs);
    this.#lines = this.#lines.filter((one) => one.output !== output);
  }

  /** How often an output was switched. */
  switchingsOf(output: string): number {
    return this.#outputs?.get(output)?.switchings ?? 0;
  }

  /** The totals until now. */
  totals(nowMs: number): UseTotals {
    this.#passUntil(nowMs);
    return {
      outputs: Object.fromEntries(
        [...(this.#outputs ?? [])].map(([output, { switchings, onMs }]) => [
          output,
          { switchings, on_s: seconds(onMs) },
        ]),
      ),
      on_s: seconds(this.#onMs),
      energy_wh: Math.floor((this.#energyWms / msPerHour) * 1e6) / 1e6,
    };
  }

  #passUntil(nowMs: number): void {
    const passedMs = Math.max(0, nowMs - this.#untilMs);
    this.#untilMs = Math.max(nowMs, this.#untilMs);
    if (!this.isOn) return;
    for (const { output, share } of this.#lines) if (share > 0) this.#of(output).onMs += passedMs;
    this.#onMs += passedMs;
    if (this.#powerW > 0) this.#energyWms += this.#powerW * this.#share() * passedMs;
  }

  /** Which share of its power the device takes. Pulses that are several things together, such as colors, share it evenly. */
  #share(): number {
    const pulsed = this.#lines.filter(({ isPulsed }) => isPulsed);
    return pulsed.length === 0 ? 1 : pulsed.reduce((sum, { share }) => sum + share, 0) / pulsed.length;
  }

  #of(output: string): { switchings: number; onMs: number } {
    this.#outputs ??= new Map();
    const use = this.#outputs.get(output) ?? { switchings: 0, onMs: 0 };
    this.#outputs.set(output, use);
    return use;
  }
}

const msPerHour = 3_600_000;

/** Whole milliseconds are enough, and short in the state file. */
function seconds(ms: number): number {
  return Math.floor(ms) / 1_000;
}
