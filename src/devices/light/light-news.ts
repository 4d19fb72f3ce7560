import type { Clock } from "../../core/time/clock.ts";
import type { LightState } from "./light-state.ts";

/** While a light changes slowly, its state is told so often, in milliseconds. */
const everyMs = 1_000;

/** Decides when the state of a light is told while it changes step by step. */
export class LightNews {
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #report: (state: LightState, how?: "progress") => void;
  #told: LightState | undefined;
  #countsFromMs = 0;

  constructor(clock: Pick<Clock, "monotonicMs">, report: (state: LightState, how?: "progress") => void) {
    this.#clock = clock;
    this.#report = report;
  }

  tell(state: LightState, how?: "progress"): void {
    this.#told = state;
    this.#countsFromMs = this.#clock.monotonicMs();
    this.#report(state, how);
  }

  /**
   * A slow change of a light that is on has begun. Its state is told later, since almost nothing has changed: a slider in Home Assistant
   * would jump back to where it was. It is told now if something else than brightness and color is new.
   */
  changeBegins(state: LightState): void {
    if (this.#told?.state !== state.state || this.#told.effect !== state.effect) this.tell(state);
    this.#countsFromMs = this.#clock.monotonicMs();
  }

  /** A step was made. It is told once a second, if it can be seen in the state. */
  step(state: LightState): void {
    const isDue = this.#clock.monotonicMs() - this.#countsFromMs >= everyMs;
    if (isDue && JSON.stringify(state) !== JSON.stringify(this.#told)) this.tell(state, "progress");
  }
}
