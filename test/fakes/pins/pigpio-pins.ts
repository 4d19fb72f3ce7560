import type { Level } from "../../../src/core/hardware/gpio.ts";
import type { Cancel, Clock } from "../../../src/core/time/clock.ts";

/** The frequencies that pigpio can make at its usual sampling of 5 µs. */
const frequencies = [10, 20, 40, 50, 80, 100, 160, 200, 250, 320, 400, 500, 800, 1000, 1600, 2000, 4000, 8000];

interface FakePin {
  mode: number;
  /** The level that shows as soon as the pin is an output. */
  latch: Level;
  pull: number;
  outside: Level | undefined;
  /** What the pin is used for since it was last an input: a first `write` sets the latch before the mode. */
  use: "nothing" | "write" | "pwm";
  level: Level;
  changes: number;
  filterUs: number;
  /** The level after the filter. */
  reported: Level;
  settling: Cancel | undefined;
  pwm: { frequencyHz: number; range: number; duty: number };
}

/** A level that changed and, where a filter is set, stood still. */
export interface Sample {
  readonly pin: number;
  readonly level: Level;
  readonly tick: number;
}

/** The pins of a Pi as pigpio's C library treats them: results below 0 are its error numbers. */
export class PigpioPins {
  readonly samples = new Set<(sample: Sample) => void>();
  readonly #clock: Clock;
  readonly #ticksEndMs: number;
  readonly #pins = new Map<number, FakePin>();

  /** The system timer begins anew soon, so that it happens in tests. */
  constructor(clock: Clock, ticksEndAfterMs = 10) {
    this.#clock = clock;
    this.#ticksEndMs = clock.monotonicMs() + ticksEndAfterMs;
  }

  /** The system timer in microseconds, of which there are 32 bits. */
  get tick(): number {
    return Math.round((this.#clock.monotonicMs() - this.#ticksEndMs) * 1_000) >>> 0;
  }

  at(pin: number): FakePin {
    const known = this.#pins.get(pin);
    if (known !== undefined) return known;
    const pwm = { frequencyHz: 800, range: 255, duty: 0 };
    const made: FakePin = {
      ...{ mode: 0, latch: 0, pull: 0, outside: undefined, use: "nothing", level: 0, changes: 0 },
      ...{ filterUs: 0, reported: 0, settling: undefined, pwm },
    };
    this.#pins.set(pin, made);
    return made;
  }

  /** The reported levels, one bit each. */
  get levels(): number {
    let bits = 0;
    for (const [pin, { reported }] of this.#pins) bits |= reported << pin;
    return bits >>> 0;
  }

  drive(pin: number, level: Level): void {
    this.at(pin).outside = level;
    this.#update(pin);
  }

  setMode(pin: number, mode: number): number {
    const it = this.at(pin);
    if (it.mode !== mode) it.use = "nothing";
    it.mode = mode;
    return this.#update(pin);
  }

  setPull(pin: number, pull: number): number {
    this.at(pin).pull = pull;
    return this.#update(pin);
  }

  write(pin: number, level: number): number {
    if (level > 1) return -5;
    const it = this.at(pin);
    it.latch = level as Level;
    it.pwm.duty = 0;
    this.setMode(pin, 1);
    it.use = "write";
    return 0;
  }

  setFilter(pin: number, steadyUs: number): number {
    if (steadyUs > 300_000) return -125;
    const it = this.at(pin);
    it.filterUs = steadyUs;
    it.settling?.();
    it.reported = it.level;
    return 0;
  }

  setFrequency(pin: number, wantedHz: number): number {
    const off = (frequencyHz: number) => Math.abs(frequencyHz - wantedHz);
    const nearest = frequencies.reduce((best, one) => (off(one) < off(best) ? one : best));
    this.at(pin).pwm.frequencyHz = nearest;
    return nearest;
  }

  setRange(pin: number, range: number): number {
    if (range < 25 || range > 40_000) return -21;
    this.at(pin).pwm.range = range;
    return 250;
  }

  pwm(pin: number, duty: number): number {
    const it = this.at(pin);
    if (duty > it.pwm.range) return -8;
    this.setMode(pin, 1);
    it.use = "pwm";
    it.pwm.duty = duty;
    return 0;
  }

  #update(pin: number): number {
    const it = this.at(pin);
    const pulled: Level = it.pull === 2 ? 1 : 0;
    const level = it.mode === 1 ? it.latch : (it.outside ?? pulled);
    if (level === it.level) return 0;
    it.level = level;
    it.changes += 1;
    it.settling?.();
    const report = () => {
      if (it.reported === level) return;
      it.reported = level;
      for (const tell of this.samples) tell({ pin, level, tick: this.tick });
    };
    if (it.filterUs === 0) report();
    else it.settling = this.#clock.after(it.filterUs / 1_000, report);
    return 0;
  }
}
