import type { Limits } from "../../core/limits.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";

/** A limit that makes a wish wait. */
export type WaitsFor = "min_on" | "min_off";

/** What a guard works with. `Value` is what the output can be told: on or off, a power, one of several. */
export interface GuardPorts<Value> {
  readonly limits: Limits;
  readonly clock: Pick<Clock, "monotonicMs" | "after">;
  readonly isOn: (value: Value) => boolean;
  /** The value that is off. */
  readonly off: Value;
  /** Drives the line, and says with {@link OutputGuard.seen} what it is then; throws where it cannot. */
  readonly drive: (value: Value, cause: string | undefined) => void;
  /** A wish has to wait so long, in milliseconds. */
  readonly onWait: (limit: WaitsFor, ms: number) => void;
}

/**
 * Stands between what a kind asks for and the line, above every output of every kind: keeps the shortest times on and off, with the
 * newest wish waiting, and ends the longest time on by itself. A rest at the stop does not ask it.
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

  /** The line is claimed, at this value. What was before is not known: the times count from now on. */
  begin(value: Value): void {
    this.#isOn = !this.#ports.isOn(value);
    this.seen(value);
  }

  /** Drives the line now or, where a limit says so, later; then only the newest wish waits. */
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

  /** Takes back what waits. */
  forget(): void {
    this.#cancelWait();
  }

  /** The line has this value now, by whatever made it so. */
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

  /** How long the output stays as it is now at least. */
  #shortestMs(wantsOn: boolean): number {
    const { minOnMs = 0, minOffMs = 0 } = this.#ports.limits;
    return wantsOn ? minOffMs : minOnMs;
  }
}
