import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../property-runs.ts";
import { Lamp, type LampName, type LampState, lampPins } from "./lamp.ts";

const maxOnMs = 10_000;
const minOffMs = 1_000;
/** A flash is dark for so long at most. */
const darkMs = 500;
/** Longer than any transition, flash, limit and pause after a failure here. */
const longMs = 5 * 60_000;

const value = fc.integer({ min: 1, max: 255 });
const seconds = fc.constantFrom(0.03, 0.7, 2, 5);
const colors: Readonly<Record<Exclude<LampName, "plain">, fc.Arbitrary<object>>> = {
  dimmer: fc.constant({}),
  rgb: fc.record({ color: fc.record({ r: value, g: value, b: fc.constantFrom(0, 255) }) }),
  rgbw: fc.record({ color: fc.record({ r: fc.constantFrom(0, 9), g: value, b: fc.constant(0), w: value }) }),
  cct: fc.record({ color_temp: fc.integer({ min: 2_000, max: 6_500 }) }),
};

const command = (name: Exclude<LampName, "plain">) =>
  fc
    .tuple(
      fc.constantFrom({ state: "ON" }, { state: "OFF" }, { state: "TOGGLE" }, {}),
      fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, fc.record({ brightness: fc.oneof(value, fc.constant(0)) })),
      fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, colors[name]),
      fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, fc.record({ transition: seconds })),
      fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, fc.record({ flash: seconds })),
      fc.oneof(
        { weight: 4, arbitrary: fc.constant({}) },
        fc.record({ effect: fc.constantFrom("pulse", "candle", "none") }),
      ),
    )
    .map((parts) => ({ command: Object.assign({}, ...parts) as object }));

type Step =
  | { readonly command: object }
  | { readonly pass: number }
  | { readonly again: "kill" | "restart" }
  | { readonly fault: number }
  | "repair"
  | "settle";

const step = (name: Exclude<LampName, "plain">): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 6, arbitrary: command(name) },
    {
      weight: 6,
      arbitrary: fc.record({
        pass: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.constantFrom(500, 1_000, maxOnMs)),
      }),
    },
    { weight: 1, arbitrary: fc.record({ again: fc.constantFrom("kill", "restart") }) },
    { weight: 1, arbitrary: fc.record({ fault: fc.constantFrom(...Object.values(lampPins[name])) }) },
    { weight: 1, arbitrary: fc.constant("repair") },
    { weight: 1, arbitrary: fc.constant("settle") },
  );

const run = fc
  .constantFrom("dimmer", "rgb", "rgbw", "cct")
  .chain((name) => fc.tuple(fc.constant(name), fc.array(step(name), { minLength: 1, maxLength: 30 })));

/** The power of each pin for a state at rest, with the gamma of 1 that the lights here have. */
function powersOf(name: LampName, { state, brightness, color, color_temp: kelvin = 0 }: LampState): readonly number[] {
  const full = state === "ON" ? brightness / 255 : 0;
  if (name === "dimmer") return [full];
  if (color !== undefined) return Object.values(color).map((part) => (full * (part ?? 0)) / 255);
  const warmth = (1e6 / kelvin - 200) / 200;
  return [Math.min(1, (1 - warmth) / warmth), Math.min(1, warmth / (1 - warmth))].map((share) => full * share);
}

/** What must hold at every moment. */
function check(lamp: Lamp): void {
  if (!lamp.isOnline) return;
  const isLit = lamp.powers.some((power) => power > 0);
  if (lamp.said.state === "OFF") expect(isLit).toBe(false);
  if (isLit) expect(lamp.said.state).toBe("ON");
}

class Trial {
  readonly lamp: Lamp;
  readonly #name: LampName;
  readonly #faults = new Set<number>();
  /** Pins that could not be brought to rest, and were not claimed again since. */
  readonly #left = new Set<number>();
  /** When the program was stopped, or a pin could not be driven any more: nobody could hold a limit then. */
  readonly cutAt: number[] = [];
  /** When the program was started again: being dark just before is no part of a flash. */
  readonly startedAt: number[] = [];

  constructor(name: LampName) {
    this.#name = name;
    this.lamp = new Lamp(name, ", initial: last, min_off: 1s, max_on: 10s");
  }

  async take(step: Step): Promise<void> {
    const { lamp } = this;
    if (step === "repair") this.#repair();
    else if (step === "settle") await this.#settle();
    else if ("command" in step) lamp.send(step.command);
    else if ("pass" in step) await lamp.pass(step.pass);
    else if ("again" in step) {
      await lamp[step.again]();
      this.cutAt.push(lamp.nowMs);
      this.startedAt.push(lamp.nowMs);
    } else {
      this.#faults.add(step.fault);
      this.#left.add(step.fault);
      this.cutAt.push(lamp.nowMs);
      lamp.bank.setFault(step.fault, "EIO");
    }
    check(lamp);
    if (!lamp.isOnline) this.#checkRest();
    else if (this.#faults.size === 0) this.#left.clear();
  }

  #repair(): void {
    for (const pin of this.#faults) this.lamp.bank.setFault(pin, undefined);
    this.#faults.clear();
  }

  /** Whoever looks after a while, with no effect, finds the pins as the state says; and after off, all of them are off. */
  async #settle(): Promise<void> {
    const { lamp } = this;
    this.#repair();
    await lamp.pass(longMs);
    for (const last of [{ effect: "none" }, { state: "ON" }, { state: "OFF" }]) {
      lamp.send(last);
      await lamp.pass(maxOnMs - 1_000);
      expect(lamp.isOnline).toBe(true);
      for (const [index, power] of powersOf(this.#name, lamp.said).entries())
        expect(lamp.powers[index]).toBeCloseTo(power, 2);
    }
    expect(lamp.powers.every((power) => power === 0)).toBe(true);
  }

  /** Each pin that can be driven is off while the device has failed. */
  #checkRest(): void {
    const pins = Object.values(lampPins[this.#name]) as number[];
    const ours = pins.filter((pin) => !this.#left.has(pin));
    for (const pin of ours) expect(this.lamp.pins.duty(pin)).toBe(0);
  }
}

/** The times in which the light was on. A pause that is as short as the dark part of a flash is none. */
function timesOn({ lamp, startedAt }: Trial): readonly { from: number; to: number }[] {
  const times: { from: number; to: number }[] = [];
  let onSince: number | undefined;
  for (const [index, { atMs, powers }] of lamp.history.entries()) {
    const next = lamp.history[index + 1];
    if (next?.atMs === atMs) continue;
    const isLit = powers.some((power) => power > 0);
    const before = times.at(-1);
    if (isLit && onSince === undefined) {
      const isPause = before !== undefined && atMs - before.to <= darkMs && !startedAt.includes(atMs);
      onSince = isPause ? times.pop()?.from : atMs;
    } else if (!isLit && onSince !== undefined) {
      times.push({ from: onSince, to: atMs });
      onSince = undefined;
    }
  }
  return onSince === undefined ? times : [...times, { from: onSince, to: lamp.nowMs }];
}

describe("a light, whatever happens to it", () => {
  it("says what its pins do, is dark after off, and keeps its limits", async () => {
    await fc.assert(
      fc.asyncProperty(run, async ([name, steps]) => {
        const trial = new Trial(name);
        await trial.lamp.start();
        for (const one of [...steps, "settle" as const]) await trial.take(one);
        const times = timesOn(trial);
        for (const { from, to } of times) {
          const isCut = trial.cutAt.some((ms) => from <= ms && ms <= to);
          if (!isCut) expect(to - from).toBeLessThanOrEqual(maxOnMs);
        }
        for (const [index, { from }] of times.slice(1).entries())
          expect(from - (times[index]?.to ?? 0)).toBeGreaterThanOrEqual(minOffMs - darkMs);
      }),
      { numRuns: runs(60) },
    );
  }, 600_000);
});
