import type { Pulses } from "../../core/device-gpio.ts";
import type { Cancel } from "../../core/time/clock.ts";
import { angleOf, powerOf, pulsesPerSecond } from "./pulse-range.ts";
import type { ServoPorts, ServoState } from "./servo-ports.ts";

/** A slow move makes a step for each pulse. */
const stepMs = 1_000 / pulsesPerSecond;
/** While it moves, its angle is told so often, in milliseconds. */
const tellEveryMs = 1_000;
/** An angle is kept after the servo has been there for so long, so that many moves are few writings. */
const keepAfterMs = 1_000;

/** Drives a servo to where it is wanted. It goes by the pulses that its pin got, never by what was asked for. */
export class ServoDrive {
  readonly #ports: ServoPorts;
  #pulses: Pulses | undefined;
  /** Where the last pulses have driven it. */
  #angle: number | null;
  #hasPulses = false;
  #goal: number | undefined;
  #steppedAtMs = 0;
  #toldAtMs = 0;
  #told = "";
  #cancelStep: Cancel = () => {};
  #cancelDetach: Cancel = () => {};
  #cancelKeep: Cancel = () => {};

  /** `angle` is where the servo probably is, or null. */
  constructor(ports: ServoPorts, angle: number | null) {
    this.#ports = ports;
    this.#angle = angle;
  }

  /** Takes the pulses. The pin has none yet. */
  begin(pulses: Pulses): void {
    this.#pulses = pulses;
  }

  /** Drives it to an angle. Throws if the pin cannot have its pulses. */
  go(goal: number): void {
    this.#goal = goal;
    this.#cancelStep();
    const { speed, range } = this.#ports;
    // The first pulse is for the angle where it is, so that it moves slowly from there.
    const first = speed === undefined ? goal : (this.#angle ?? goal);
    const isOnTheWay = this.#hasPulses && speed !== undefined;
    this.#pulses?.set(powerOf(first, range));
    if (isOnTheWay) this.#proceed();
  }

  /** Stops it where it is. */
  stop(): void {
    if (this.#goal !== undefined && this.#hasPulses) this.#arrive();
    // An order that still waits for a limit is taken back.
    else if (!this.#hasPulses) this.#pulses?.set(0);
  }

  /** The pin has these pulses now, or none with 0. */
  onPower(power: number): void {
    const had = this.#hasPulses;
    this.#hasPulses = power > 0;
    if (this.#hasPulses) {
      this.#angle = angleOf(power, this.#ports.range);
      if (this.#goal !== undefined && (!had || this.#ports.speed === undefined)) this.#proceed();
    } else {
      this.#endMove();
      this.#cancelDetach();
      if (had) this.#keepNow();
      this.#tell();
    }
  }

  /** Notes that it moves on, if it is not there yet. */
  #proceed(): void {
    const { clock, kept, speed } = this.#ports;
    this.#cancelDetach();
    this.#cancelKeep();
    if (kept !== undefined && kept.value !== null) kept.set(null, "now");
    if (speed === undefined || this.#angle === null || this.#angle === this.#goal) this.#arrive();
    else {
      this.#steppedAtMs = clock.monotonicMs();
      this.#tell();
      this.#planStep(this.#angle);
    }
  }

  /** `from` is the exact angle, of which the pin has the tenths. */
  #planStep(from: number): void {
    const { clock, range, speed = 0 } = this.#ports;
    this.#cancelStep = clock.after(stepMs, () => {
      const goal = this.#goal ?? from;
      const nowMs = clock.monotonicMs();
      const way = (speed * (nowMs - this.#steppedAtMs)) / 1_000;
      const isThere = Math.abs(goal - from) <= way;
      const next = isThere ? goal : from + Math.sign(goal - from) * way;
      this.#steppedAtMs = nowMs;
      this.#planStep(next);
      this.#pulses?.set(powerOf(next, range), "move");
      if (isThere) this.#arrive();
      else if (nowMs - this.#toldAtMs >= tellEveryMs) this.#tell("progress");
    });
  }

  #arrive(): void {
    const { clock, detachMs } = this.#ports;
    this.#endMove();
    this.#tell();
    this.#cancelDetach();
    if (detachMs > 0) this.#cancelDetach = clock.after(detachMs, () => this.#pulses?.set(0, "detach"));
    this.#cancelKeep = clock.after(keepAfterMs, () => this.#keepNow());
  }

  #endMove(): void {
    this.#goal = undefined;
    this.#cancelStep();
    this.#cancelKeep();
  }

  #keepNow(): void {
    const { kept } = this.#ports;
    this.#cancelKeep();
    if (kept !== undefined && kept.value !== this.#angle) kept.set(this.#angle, "now");
  }

  #tell(how?: "progress"): void {
    const state: ServoState = { angle: this.#angle, moving: this.#goal !== undefined };
    if (JSON.stringify(state) === this.#told) return;
    this.#told = JSON.stringify(state);
    this.#toldAtMs = this.#ports.clock.monotonicMs();
    this.#ports.report(state, how);
  }
}
