import type { Selector } from "../../core/device-gpio.ts";
import type { Kept } from "../../core/store.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { nextRun, type RunTimes } from "./next-run.ts";
import { anywhere, type Direction, driven, positionOf, restWord, type Span, withinReach } from "./span.ts";

/** While it moves, its position is told so often, in milliseconds. */
const tellEveryMs = 1_000;

/** What a cover says: both are null where they are not known. */
export interface CoverState {
  readonly state: "open" | "opening" | "closed" | "closing" | null;
  /** 0 is closed, 100 is open. */
  readonly position: number | null;
}

/** What driving a cover needs. */
export interface CoverPorts extends RunTimes {
  readonly clock: Clock;
  /** Where the cover is, as far as it is known if the program ends now. */
  readonly kept: Kept<Span>;
  /** Told at each change; `progress` while it is on its way. */
  readonly report: (state: CoverState, how?: "progress") => void;
}

/**
 * Drives a cover to where it is wanted, and knows where it is by how long its outputs were on. It counts what the outputs did, never what
 * was asked of them: a limit or somebody else may have decided otherwise.
 */
export class CoverDrive {
  readonly #ports: CoverPorts;
  #outputs: Selector<Direction> | undefined;
  /** Where it is, or was when it began to move. */
  #span: Span;
  #moves: Direction | undefined;
  #countedUntilMs = 0;
  /** Where it is wanted, from 0 to 100. */
  #goal: number | undefined;
  #isSelecting = false;
  #told: CoverState | undefined;
  #cancelArrival: Cancel = () => {};
  #cancelTelling: Cancel = () => {};

  constructor(ports: CoverPorts) {
    this.#ports = ports;
    this.#span = ports.kept.value;
  }

  /** Takes the outputs, which are off. */
  begin(outputs: Selector<Direction>): void {
    this.#outputs = outputs;
    this.#tell();
  }

  /** Drives it to a position, a whole number from 0 to 100, from wherever it is now. Throws where a pin could not be driven. */
  go(position: number): void {
    this.#goal = position;
    this.#pursue();
  }

  /** Stops it where it is. Throws where a pin could not be driven. */
  stop(): void {
    this.#goal = undefined;
    this.#select(undefined);
  }

  /** One of the outputs is on now, or none, for this cause. */
  onDriven(moves: Direction | undefined, cause: string | undefined): void {
    // The outputs are claimed: nothing of this has moved it.
    if (this.#outputs === undefined) return;
    this.#count();
    this.#moves = moves;
    this.#cancelArrival();
    this.#cancelTelling();
    // Whatever else stops it is not gone against: a limit, the end of the program, somebody at the pins.
    if (moves === undefined && !this.#isSelecting) this.#goal = undefined;
    if (cause === "outside") this.#span = anywhere;
    this.#ports.kept.set(moves === undefined ? this.#span : withinReach(this.#span, moves), "now");
    this.#tell();
    if (moves === undefined) return;
    this.#planArrival();
    this.#planTelling();
  }

  /** Drives it further towards its goal, or stops it there. */
  #pursue(cause?: string): void {
    this.#count();
    const run = this.#nextRun();
    if (run === undefined) this.#goal = undefined;
    this.#select(run?.direction, cause);
    if (run?.direction === this.#moves) this.#planArrival();
  }

  #nextRun() {
    return this.#goal === undefined ? undefined : nextRun(this.#span, this.#goal, this.#ports);
  }

  #select(direction: Direction | undefined, cause?: string): void {
    this.#cancelArrival();
    this.#isSelecting = true;
    try {
      this.#outputs?.select(direction, cause);
    } finally {
      this.#isSelecting = false;
    }
  }

  #planArrival(): void {
    this.#cancelArrival();
    const run = this.#nextRun();
    if (run === undefined) return;
    const isAtEnd = this.#goal === 0 || this.#goal === 100;
    this.#cancelArrival = this.#ports.clock.after(run.ms, () => {
      if (isAtEnd) this.#goal = undefined;
      this.#pursue("arrived");
    });
  }

  #planTelling(): void {
    this.#cancelTelling = this.#ports.clock.after(tellEveryMs, () => {
      this.#planTelling();
      this.#count();
      this.#tell("progress");
    });
  }

  /** Counts how far it has moved until now. */
  #count(): void {
    const nowMs = this.#ports.clock.monotonicMs();
    if (this.#moves !== undefined)
      this.#span = driven(this.#span, this.#moves, nowMs - this.#countedUntilMs, this.#ports.times);
    this.#countedUntilMs = nowMs;
  }

  #tell(how?: "progress"): void {
    const word = this.#moves === undefined ? restWord(this.#span) : movingWords[this.#moves];
    const told: CoverState = { state: word, position: positionOf(this.#span) };
    if (how === "progress" && told.position === this.#told?.position) return;
    this.#told = told;
    this.#ports.report(told, how);
  }
}

const movingWords = { open: "opening", close: "closing" } as const;
