import type { Clock } from "../time/clock.ts";
import type { SteeredOutput } from "./steered-output.ts";

/** A fan that is on while something heats or cools, and for some time after it. */
export class RunOn {
  readonly #fan: SteeredOutput;
  readonly #runOnMs: number;
  readonly #clock: Pick<Clock, "monotonicMs">;
  #untilMs = Number.NEGATIVE_INFINITY;
  #wasActive = false;
  #wasSeen = false;

  constructor(fan: SteeredOutput, runOnMs: number, clock: Pick<Clock, "monotonicMs">) {
    this.#fan = fan;
    this.#runOnMs = runOnMs;
    this.#clock = clock;
  }

  /** Switches the fan. Returns in how many milliseconds it has to go off; undefined where no end is in sight. */
  follow(isActive: boolean): number | undefined {
    const now = this.#clock.monotonicMs();
    const isOn = this.#fan.isOn();
    // A fan that is on at first was on for a reason: what it cools may be hot still.
    if (this.#wasActive || (!this.#wasSeen && isOn === true)) this.#untilMs = now + this.#runOnMs;
    this.#wasActive = isActive;
    this.#wasSeen ||= isOn !== undefined;
    const leftMs = this.#untilMs - now;
    this.#fan.want(isActive || leftMs > 0);
    return !isActive && leftMs > 0 ? leftMs : undefined;
  }
}
