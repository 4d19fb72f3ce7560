import type { Limits } from "../../core/limits.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";

/** A limit for which a change may have to wait. */
export type WaitsFor = "min_on" | "min_off";

/** What a guard needs. `Value` is a value of the output: on or off, a power, or one of several names. */
export interface GuardPorts<Value> {
  readonly limits: Limits;
  readonly clock: Pick<Clock, "monotonicMs" | "after">;
  readonly isOn: (value: Value) => boolean;
  /** The value that means off. */
  readonly off: Value;
  /** Drives the line, and then calls {@link OutputGuard.seen} with its value. Throws if the line cannot be driven. */
  readonly drive: (value: Value, cause: string | undefined) => void;
  /** Called when a change has to wait for this many milliseconds. */
  readonly onWait: (limit: WaitsFor, ms: number) => void;
}

/**
 * Holds the limits between a kind and its line, for every output of every kind. It keeps the shortest times on and off; meanwhile only the
 * newest wanted value waits. It ends the longest time on by itself. Driving to rest at the stop does not use it.
 */
export class OutputGuard<Value> {
  readonly #ports: GuardPorts<Value>;
  #isOn = false;
  #changedAtMs = Number.NEGATIVE_INFINITY;
  #cancelWait: Cancel = () => {};
  #cancelEnd: Cancel = () => {};

  constructor(ports: GuardPorts<Value>) {
    this.#ports = ports;
  }

  /** The line is claimed with this value. What was before is not known, so all times count from now. */
  begin(value: Value): void {
    this.#isOn = !this.#ports.isOn(value);
    this.seen(value);
  }

  /** Drives the line now, or later if a limit says so. Only the newest value waits. */
  ask(value: Value, cause: string | undefined): void {
    this.#cancelWait();
    const { clock, drive, onWait } = this.#ports;
    const wantsOn = this.#ports.isOn(value);
    const limit = wantsOn ? "min_off" : "min_on";
    const waitMs = wantsOn === this.#isOn ? 0 : this.#changedAtMs + this.#shortestMs(wantsOn) - clock.monotonicMs();
    if (waitMs <= 0) {
      drive(value, cause);
      return;
    }
    onWait(limit, waitMs);
    this.#cancelWait = clock.after(waitMs, () => drive(value, limit));
  }

  /** Cancels the value that waits. */
  forget(): void {
    this.#cancelWait();
  }

  /** Notes that the line has this value now, whatever the reason. */
  seen(value: Value): void {
    const { clock, limits, isOn, off, drive } = this.#ports;
    const on = isOn(value);
    if (on === this.#isOn) return;
    this.#isOn = on;
    this.#changedAtMs = clock.monotonicMs();
    this.#cancelEnd();
    if (!on || limits.maxOnMs === undefined) return;
    this.#cancelEnd = clock.after(limits.maxOnMs, () => {
      this.#cancelWait();
      drive(off, "max_on");
    });
  }

  /** The shortest time, in milliseconds, for which the output keeps its present state. */
  #shortestMs(wantsOn: boolean): number {
    const { minOnMs = 0, minOffMs = 0 } = this.#ports.limits;
    return wantsOn ? minOffMs : minOnMs;
  }
}
