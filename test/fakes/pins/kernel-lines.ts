import type { Level } from "../../../src/core/hardware/gpio.ts";
import type { FakeClock } from "../clock.ts";

/** A line as the kernel has it. */
export interface KernelLine {
  direction: "in" | "out";
  /** Every physical level since the start; the last is the level now. */
  levels: Level[];
  owner?: LineRequest | undefined;
  /** Who holds the line, "" for nobody. A test that writes a name here plays a driver or another program. */
  consumer: string;
}

/** What a request wants of one of its lines. */
export interface LineSettings {
  /** "as is": the line stays what its last owner made of it. */
  readonly direction: "in" | "out" | "as is";
  /** The level of an output; an input has no use for it. */
  readonly level: Level;
  readonly pull: "up" | "down" | "none";
  readonly debounceMs: number;
  /** Whether the owner wants to hear of edges. */
  readonly edges: boolean;
}

/** An edge that waits until its owner reads it. */
export interface LineEvent {
  readonly atMs: number;
  readonly offset: number;
  readonly level: Level;
  /** Counts the edges of this line from 1. */
  readonly count: number;
}

/** Lines that were requested together: one file. */
export interface LineRequest {
  readonly offsets: readonly number[];
  /** One for each of the offsets. */
  settings: readonly LineSettings[];
  /** The levels that debounced lines show. */
  readonly steady: Map<number, Level>;
  /** How many edges each line has had; a test that moves one on plays edges that were lost. */
  readonly counts: Map<number, number>;
  readonly events: LineEvent[];
  /** Whether the chip was unplugged since. */
  gone: boolean;
}

/**
 * The lines of a chip as Linux 6.12 has them, whoever asks and by whatever commands: what a line is, who holds it, what moves it
 * from outside and which edges its owner hears of. A line stays as it is when it is released.
 */
export class KernelLines {
  readonly #clock: FakeClock;
  readonly #lines: readonly KernelLine[];
  readonly #onEvent: () => void;

  /** All lines begin as inputs at 0 that nobody holds. `onEvent` is called whenever an edge waits to be read. */
  constructor(count: number, clock: FakeClock, onEvent: () => void) {
    this.#lines = Array.from({ length: count }, () => ({ direction: "in", levels: [0], consumer: "" }));
    this.#clock = clock;
    this.#onEvent = onEvent;
  }

  get count(): number {
    return this.#lines.length;
  }

  /** The line at an offset, which must be below {@link count}. */
  at(offset: number): KernelLine {
    return this.#lines[offset] as KernelLine;
  }

  /** The physical level. */
  level(offset: number): Level {
    return this.at(offset).levels.at(-1) ?? 0;
  }

  /** The level as the owner reads it: where the line is debounced, the last that stood still. */
  shown(request: LineRequest, offset: number): Level {
    return request.steady.get(offset) ?? this.level(offset);
  }

  /** Somebody outside moves a line, which has no effect on an output. */
  drive(offset: number, level: Level): void {
    const line = this.at(offset);
    if (line.direction === "out" || this.level(offset) === level) return;
    line.levels.push(level);
    const { owner } = line;
    if (owner === undefined) return;
    const { debounceMs, edges } = owner.settings[owner.offsets.indexOf(offset)] as LineSettings;
    if (!edges) return;
    if (debounceMs === 0) {
      this.#emit(owner, offset, level);
      return;
    }
    const count = line.levels.length;
    this.#clock.after(debounceMs, () => {
      if (line.levels.length !== count || owner.steady.get(offset) === level) return;
      owner.steady.set(offset, level);
      this.#emit(owner, offset, level);
    });
  }

  /** The owner of an output moves it. */
  set(offset: number, level: Level): void {
    if (this.level(offset) !== level) this.at(offset).levels.push(level);
  }

  /** Hands lines, which must be free, to a consumer. */
  claim(offsets: readonly number[], consumer: string, settings: readonly LineSettings[]): LineRequest {
    const request: LineRequest = {
      offsets,
      settings,
      steady: new Map(),
      counts: new Map(),
      events: [],
      gone: false,
    };
    for (const offset of offsets) Object.assign(this.at(offset), { owner: request, consumer });
    this.configure(request, settings);
    return request;
  }

  /** Nobody holds the lines any more; nothing else about them changes. */
  release({ offsets }: LineRequest): void {
    for (const offset of offsets) Object.assign(this.at(offset), { owner: undefined, consumer: "" });
  }

  /** New settings for all lines of a request. A pull moves its line at once, as nothing else is connected to it. */
  configure(request: LineRequest, settings: readonly LineSettings[]): void {
    request.settings = settings;
    for (const [place, offset] of request.offsets.entries()) {
      const { direction, level, pull, debounceMs } = settings[place] as LineSettings;
      if (direction !== "as is") this.at(offset).direction = direction;
      if (direction === "out") this.set(offset, level);
      if (pull !== "none") this.set(offset, pull === "up" ? 1 : 0);
      if (debounceMs > 0) request.steady.set(offset, this.level(offset));
    }
  }

  #emit(owner: LineRequest, offset: number, level: Level): void {
    const count = (owner.counts.get(offset) ?? 0) + 1;
    owner.counts.set(offset, count);
    owner.events.push({ atMs: this.#clock.monotonicMs(), offset, level, count });
    this.#onEvent();
  }
}
