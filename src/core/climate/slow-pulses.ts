import type { Clock } from "../time/clock.ts";
import { type Control, type Demand, type Direction, difference, type Targets } from "./demand.ts";
import { Share, type ShareSettings } from "./share.ts";

/** How pulses of minutes are made. */
export interface PulseSettings extends ShareSettings {
  /** From the beginning of one pulse to the beginning of the next, in milliseconds. */
  readonly periodMs: number;
  /** A pulse that would be shorter, in milliseconds, is left out; a pause that would be shorter is left out too. */
  readonly shortestPulseMs: number;
  readonly shortestPauseMs: number;
}

/**
 * Is on for a share of each period, at its beginning: for valves and floors, which are slower than a period. The share is decided when a
 * period begins, and again when a target changes.
 */
export class SlowPulses implements Control {
  readonly #settings: PulseSettings;
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #shares: Readonly<Record<Direction, Share>>;
  #targets: Targets = {};
  #beganAtMs: number | undefined;
  #decidedAtMs = Number.NEGATIVE_INFINITY;
  #direction: Demand = "idle";
  #onMs = 0;

  constructor(settings: PulseSettings, clock: Pick<Clock, "monotonicMs">) {
    this.#settings = settings;
    this.#clock = clock;
    this.#shares = { raise: new Share(settings), lower: new Share(settings) };
  }

  get duty(): number {
    return Math.round((100 * this.#onMs) / this.#settings.periodMs);
  }

  decide(value: number, targets: Targets): Demand {
    const now = this.#clock.monotonicMs();
    const isOver = this.#beganAtMs !== undefined && now - this.#beganAtMs >= this.#settings.periodMs;
    const isChanged = targets.raise !== this.#targets.raise || targets.lower !== this.#targets.lower;
    this.#targets = targets;
    if (targets.raise === undefined && targets.lower === undefined) this.#rest();
    else {
      const isNew = this.#beganAtMs === undefined || isOver;
      if (isNew) this.#beganAtMs = now;
      if (isNew || isChanged) this.#share(value, now);
    }
    return this.#passedMs() < this.#onMs ? this.#direction : "idle";
  }

  changesInMs(): number | undefined {
    if (this.#beganAtMs === undefined) return undefined;
    const passedMs = this.#passedMs();
    const leftMs = (passedMs < this.#onMs ? this.#onMs : this.#settings.periodMs) - passedMs;
    return leftMs > 0 ? leftMs : undefined;
  }

  #passedMs(): number {
    return this.#beganAtMs === undefined ? 0 : this.#clock.monotonicMs() - this.#beganAtMs;
  }

  #rest(): void {
    this.#beganAtMs = undefined;
    this.#direction = "idle";
    this.#onMs = 0;
  }

  #share(value: number, now: number): void {
    // After a longer silence nobody knows what was missing meanwhile.
    const passedMs = Math.min(this.#settings.periodMs, now - this.#decidedAtMs);
    this.#decidedAtMs = now;
    const { raise, lower } = this.#targets;
    const [up, down] = [
      this.#pulseMs("raise", difference(raise, value), passedMs),
      this.#pulseMs("lower", difference(value, lower), passedMs),
    ];
    this.#direction = up > 0 ? "raise" : down > 0 ? "lower" : "idle";
    this.#onMs = up > 0 ? up : down;
  }

  #pulseMs(direction: Direction, missing: number | undefined, passedMs: number): number {
    if (missing === undefined) return 0;
    const { periodMs, shortestPulseMs, shortestPauseMs } = this.#settings;
    const onMs = Math.round(this.#shares[direction].next(missing, passedMs) * periodMs);
    if (onMs < shortestPulseMs) return 0;
    return periodMs - onMs < shortestPauseMs ? periodMs : onMs;
  }
}
