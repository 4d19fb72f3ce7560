import type { Level } from "../../src/core/hardware/gpio.ts";
import type { SimulatedChip } from "./gpio-sim.ts";

/** A change of a watched line. */
export interface LineChange {
  readonly line: number;
  readonly level: Level;
  /** The kernel's time stamp in milliseconds, with fractions down to nanoseconds. */
  readonly atMs: number;
}

/**
 * Watches lines from outside of whoever drives them, by the simulator's own notes. No change escapes: one that was noted and is gone when
 * {@link look} comes is an error.
 */
export class LineWatch {
  readonly #chip: SimulatedChip;
  readonly #seen: Map<number, number>;
  readonly #changes: LineChange[] = [];

  constructor(chip: SimulatedChip, lines: readonly number[]) {
    this.#chip = chip;
    this.#seen = new Map(lines.map((line) => [line, chip.changes(line)]));
  }

  /** Takes what was noted since the last look. A line has 128 notes; look before it has changed more often. */
  look(): void {
    for (const [line, seen] of this.#seen) {
      const news = this.#chip.history(line).filter(({ number }) => number > seen);
      const [first] = news;
      if (first === undefined) continue;
      if (first.number !== seen + 1) throw new Error(`line ${line} changed more often than it was looked at`);
      for (const { level, atNs } of news) this.#changes.push({ line, level, atMs: Number(atNs) / 1e6 });
      this.#seen.set(line, seen + news.length);
    }
  }

  /** All changes so far, in the order in which they happened. */
  get changes(): readonly LineChange[] {
    this.look();
    return this.#changes.toSorted((one, other) => one.atMs - other.atMs);
  }
}

/** What holds for lines of which never two are on. */
export interface NeverTogether {
  /** The level that means on. */
  readonly on: Level;
  /** How long all are off before another one goes on, in milliseconds. */
  readonly pauseMs: number;
}

/** What is wrong in a record of lines that were all off when it began: two lines on together, or one too soon after another. */
export function faultsIn(changes: readonly LineChange[], { on, pauseMs }: NeverTogether): string[] {
  const isOn = new Set<number>();
  const offAtMs = new Map<number, number>();
  const faults: string[] = [];
  for (const { line, level, atMs } of changes) {
    if (level !== on) {
      isOn.delete(line);
      offAtMs.set(line, atMs);
      continue;
    }
    for (const other of isOn) faults.push(`line ${line} went on at ${atMs} ms while line ${other} was on`);
    for (const [other, sinceMs] of offAtMs)
      if (other !== line && atMs - sinceMs < pauseMs)
        faults.push(`line ${line} went on ${atMs - sinceMs} ms after line ${other} went off`);
    isOn.add(line);
  }
  return faults;
}

/** How often a line went on that was not the last one to do so. */
export function reversalsIn(changes: readonly LineChange[], { on }: Pick<NeverTogether, "on">): number {
  const lines = changes.filter(({ level }) => level === on).map(({ line }) => line);
  return lines.filter((line, index) => index > 0 && line !== lines[index - 1]).length;
}
