import { parse } from "yaml";
import { type Chain, longestGapMs, makeChain } from "../../src/core/filters/chain.ts";
import { filterList } from "../../src/core/filters/filter-list.ts";
import { FakeClock } from "./clock.ts";

/** The filters of one measure, as they are written in devices.yaml. */
export function chainOf(yaml: string): Chain {
  return filterList.parse(parse(yaml));
}

/** Filters with a clock, and what came out of them by itself. */
export function chained(yaml: string, digits = 1) {
  const clock = new FakeClock();
  const emitted: (number | null)[] = [];
  const made: (number | null)[] = [];
  const emit = (value: number | null, how?: "made") => void (how === undefined ? emitted : made).push(value);
  const chain = makeChain(chainOf(yaml), { clock, digits, emit });
  return {
    clock,
    emitted,
    made,
    lost: () => chain.lost?.(),
    next: (value: number) => chain.next(value, clock.monotonicMs()),
  };
}

/** What filters make of values that come each second; undefined where they say nothing. */
export function through(yaml: string, values: readonly number[]): (number | undefined)[] {
  const chain = makeChain(chainOf(yaml), { clock: new FakeClock(), digits: 1, emit: () => {} });
  return values.map((value, second) => chain.next(value, second * 1_000));
}

/** The longest time between two values that the filters say, in seconds, of readings every so many seconds. */
export function longestGap(yaml: string, everySeconds: number): number {
  return longestGapMs(chainOf(yaml), everySeconds * 1_000) / 1_000;
}
