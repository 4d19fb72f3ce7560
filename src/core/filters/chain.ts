import type { Filter, FilterKind, FilterPorts } from "./filter.ts";
import { filterKinds } from "./index.ts";

/** One filter as it was chosen: its name, and its options. */
export type ChosenFilter = Readonly<Record<string, unknown>>;

/** The filters of one measure, in the order in which they work. */
export type Chain = readonly ChosenFilter[];

/** The filters of a sensor as its owner wrote them, by measure. */
export type ChosenFilters = Readonly<Record<string, Chain | undefined>>;

/**
 * Makes the filters of one measure for one run of a device. `emit` gets what comes out at its end without a reading; what a reading
 * brings is returned by `next`.
 */
export function makeChain(chain: Chain = [], ports: FilterPorts): Filter {
  const filters: Filter[] = [];
  const through = (first: number, value: number, atMs: number): number | undefined => {
    let passed: number | undefined = value;
    for (let index = first; index < filters.length && passed !== undefined; index += 1)
      passed = filters[index]?.next(passed, atMs);
    return passed;
  };
  const lost = (first: number) => {
    for (const filter of filters.slice(first)) filter.lost?.();
  };
  for (const [index, [kind, options]] of chain.flatMap(chosen).entries()) {
    const emit: FilterPorts["emit"] = (value, made) => {
      if (value === null) {
        lost(index + 1);
        ports.emit(null);
        return;
      }
      const passed = through(index + 1, value, ports.clock.monotonicMs());
      if (passed !== undefined) ports.emit(passed, made);
    };
    filters.push(kind.make(options, { ...ports, emit }));
  }
  const forget = () => {
    for (const filter of filters) (filter.forget ?? filter.lost)?.();
  };
  return { next: (value, atMs) => through(0, value, atMs), lost: () => lost(0), forget };
}

/** The longest time between two values of a measure with these filters, in milliseconds; Infinity where there is no bound. */
export function longestGapMs(chain: Chain = [], everyMs: number): number {
  return chain.flatMap(chosen).reduce((gapMs, [kind, options]) => kind.gapMs?.(options, gapMs) ?? gapMs, everyMs);
}

function chosen(one: ChosenFilter): [FilterKind, never][] {
  return filterKinds.flatMap((kind) => (one[kind.name] === undefined ? [] : [[kind, one[kind.name] as never]]));
}
