import * as z from "zod";
import type { Kept, Store } from "../../core/store.ts";

/** From where the total is reckoned: what it was after so many pulses, and how many pulses make one unit since. */
const base = z.strictObject({ total: z.number().min(0), pulses: z.int().min(0), per_unit: z.number().positive() });
type Base = z.output<typeof base>;

/** The digits after the point in which one pulse shows. */
export function digitsOf(pulsesPerUnit: number): number {
  return Math.max(0, Math.ceil(Math.log10(pulsesPerUnit)));
}

/** A command's total is kept with at least so many digits after the point. */
const commandedDigits = 6;

/** How many digits after the point a number has, up to nine. */
function placesOf(value: number): number {
  let places = 0;
  while (places < 9 && Number(value.toFixed(places)) !== value) places += 1;
  return places;
}

/**
 * The pulses of a meter and its total, kept over restarts. The total is reckoned from where the pulses per unit were changed last or the
 * total was set, so neither changes what was counted before.
 */
export class MeterTotal {
  readonly #perUnit: number;
  readonly #pulses: Kept<number>;
  readonly #keptBase: Kept<Base | null>;
  #base: Base;

  constructor(keep: Store["keep"], perUnit: number) {
    this.#perUnit = perUnit;
    this.#pulses = keep("pulses", z.int().min(0), 0);
    this.#keptBase = keep("base", base.nullable(), null);
    const { value } = this.#keptBase;
    // Version 0.4 kept the pulses alone, of which it reckoned the total.
    if (value === null || value.pulses > this.pulses) this.#base = { total: 0, pulses: 0, per_unit: perUnit };
    else if (value.per_unit === perUnit) this.#base = value;
    else this.#base = { total: this.#totalBy(value), pulses: this.pulses, per_unit: perUnit };
  }

  get pulses(): number {
    return this.#pulses.value;
  }

  /** The reading, with two digits more than one pulse needs, for a share such as a 75th. */
  get total(): number {
    return this.#totalBy(this.#base);
  }

  /** Counts so many pulses more. */
  count(pulses: number): void {
    this.#keepBase();
    this.#pulses.set(this.pulses + pulses);
  }

  /** Sets the total, and the pulses to those that it would have taken. */
  set(total: number): void {
    const places = Math.max(commandedDigits, digitsOf(this.#perUnit) + 2);
    const pulses = Math.round(total * this.#perUnit);
    this.#base = { total: Number(total.toFixed(places)), pulses, per_unit: this.#perUnit };
    this.#keepBase();
    // The last of the two, so that both are in one writing.
    this.#pulses.set(pulses, "now");
  }

  /** Resolves when all of it is on the disk, or cannot be. */
  async save(): Promise<void> {
    await this.#pulses.save();
  }

  /** Only with something new, so that a start alone writes nothing. */
  #keepBase(): void {
    if (this.#keptBase.value !== this.#base) this.#keptBase.set(this.#base);
  }

  #totalBy({ total, pulses, per_unit: perUnit }: Base): number {
    const places = Math.max(digitsOf(perUnit) + 2, placesOf(total));
    return Number((total + (this.pulses - pulses) / perUnit).toFixed(places));
  }
}
