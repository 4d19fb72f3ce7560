import type { Derivation } from "../derived/derive.ts";
import { type ChosenFilters, makeChain } from "../filters/chain.ts";
import type { Filter, FilterPorts } from "../filters/filter.ts";
import type { Measure } from "../measure.ts";

/** A value as it stands: null if there is none; with a reason if it is not to be gone by. */
export interface Standing {
  readonly value: number | null;
  readonly suspect?: string;
}

const nothing: Standing = { value: null };

/** What the values of a sensor need. */
export interface ValuePorts {
  readonly measures: Readonly<Record<string, Measure>>;
  readonly filters: ChosenFilters;
  readonly derivations: readonly Derivation[];
  readonly altitude: number;
  readonly clock: FilterPorts["clock"];
  /** A filter has said something by itself. */
  readonly onLate: () => void;
}

/**
 * The values of a sensor's measures as they stand: each through its filters, and what is derived of them through filters of its own.
 * What a filter has not said yet is null.
 */
export class Values {
  readonly #ports: ValuePorts;
  readonly #chains: ReadonlyMap<string, Filter>;
  readonly #standing = new Map<string, Standing>();
  /** Of the measures whose last value stands for a bad one, the reasons. */
  readonly #doubts = new Map<string, string>();

  constructor(ports: ValuePorts) {
    this.#ports = ports;
    this.#chains = new Map(
      Object.entries(ports.measures).map(([name, { digits }]) => {
        const emit: FilterPorts["emit"] = (value, made) => {
          const suspect = made && `the filter timeout gave ${name} ${value}`;
          this.#stand(name, value, suspect);
          this.#derive([name], ports.clock.monotonicMs());
          ports.onLate();
        };
        return [name, makeChain(ports.filters[name], { clock: ports.clock, digits, emit })];
      }),
    );
  }

  /** Whether anything has been said yet. */
  get hasAny(): boolean {
    return this.#standing.size > 0;
  }

  /** The value of a measure as it stands. What is derived of a doubtful value is doubtful too. */
  of(name: string): Standing {
    const { value = null, suspect: made } = this.#standing.get(name) ?? nothing;
    const suspect = made ?? this.#doubts.get(name) ?? this.#doubtOfSources(name);
    return suspect === undefined ? { value } : { value, suspect };
  }

  #doubtOfSources(name: string): string | undefined {
    for (const derivation of this.#ports.derivations) {
      if (derivation.derived.name !== name) continue;
      for (const source of sourcesOf(derivation)) {
        const { suspect } = this.of(source);
        if (suspect !== undefined) return suspect;
      }
    }
    return undefined;
  }

  /** Takes what a reading has brought; null: nothing good. Returns whether anything of it is news. */
  take(brought: ReadonlyMap<string, number | null>, atMs: number): boolean {
    let isNews = false;
    for (const name of brought.keys()) if (this.#doubts.delete(name)) isNews = true;
    const said: string[] = [];
    for (const [name, value] of brought) if (this.#pass(name, value, atMs)) said.push(name);
    this.#derive(said, atMs);
    return isNews || said.length > 0;
  }

  /** Forgets all values: the sensor was gone, and an old one must not pass for a new one when it is back. */
  forget(): void {
    this.#doubts.clear();
    for (const [name, chain] of this.#chains) {
      chain.forget?.();
      this.#stand(name, null);
    }
  }

  /** Notes that the last value of a measure stands for a bad one, and why. */
  doubt(name: string, reason: string): void {
    if (this.#standing.has(name)) this.#doubts.set(name, reason);
  }

  #pass(name: string, value: number | null, atMs: number): boolean {
    const chain = this.#chains.get(name);
    if (value === null || !Number.isFinite(value)) {
      chain?.lost?.();
      this.#stand(name, null);
      return true;
    }
    const passed = chain?.next(value, atMs);
    if (passed !== undefined) this.#stand(name, passed);
    return passed !== undefined;
  }

  #stand(name: string, value: number | null, suspect?: string): void {
    const isNumber = value !== null && Number.isFinite(value);
    const known = isNumber ? value : null;
    this.#standing.set(name, suspect === undefined ? { value: known } : { value: known, suspect });
  }

  /** Computes what is derived of any of these. */
  #derive(changed: readonly string[], atMs: number): void {
    for (const derivation of this.#ports.derivations) {
      const { derived, from } = derivation;
      const sources = sourcesOf(derivation);
      if (!sources.some((name) => changed.includes(name))) continue;
      const values = sources.flatMap((name) => this.#standing.get(name)?.value ?? []);
      const isWhole = values.length === sources.length;
      const value = isWhole
        ? derived.compute(values.slice(0, from.length), values[from.length], this.#ports.altitude)
        : Number.NaN;
      const [low, high] = derived.measure.range;
      this.#pass(derived.name, value >= low && value <= high ? value : null, atMs);
    }
  }
}

function sourcesOf({ from, used }: Derivation): readonly string[] {
  return used === undefined ? from : [...from, used];
}
