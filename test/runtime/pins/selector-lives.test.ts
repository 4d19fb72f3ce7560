import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Selector } from "../../../src/core/device-gpio.ts";
import type { Level } from "../../../src/core/hardware/gpio.ts";
import { levelFor } from "../../../src/core/pin.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { breakablePins } from "../../fakes/pins/breakable-pins.ts";
import { chosenPin, type PinBench, pinBench } from "../../fakes/pins/pin-bench.ts";
import { runs } from "../../property-runs.ts";

const pinOf = { open: 17, close: 27, vent: 22 } as const;
type Name = keyof typeof pinOf;
const names = Object.keys(pinOf) as Name[];
const deadTimeMs = 500;

/**
 * Three outputs of which never two are on, through one life of their device after the other. Every change of a level is written down with
 * its time. What was killed drives nothing any more.
 */
class Outputs {
  readonly clock = new FakeClock();
  readonly changes: { readonly name: Name; readonly on: boolean; readonly atMs: number }[] = [];
  readonly said: (Name | undefined)[] = [];
  selector: Selector<Name> | undefined;
  broken: Name | undefined;
  readonly #bank = simulatedBank(this.clock);
  readonly #polarity: { readonly activeLow: boolean };
  #bench: PinBench | undefined;
  #life = 0;

  constructor(activeLow: boolean) {
    this.#polarity = { activeLow };
  }

  isOn(name: Name): boolean {
    return this.#bank.history(pinOf[name]).length > 0 && this.#bank.level(pinOf[name]) === this.#level(true);
  }

  get on(): readonly Name[] {
    return names.filter((name) => this.isOn(name));
  }

  /** Begins a life, as the agent does after a crash or a stop; without outputs where they cannot be claimed. */
  async begin(): Promise<void> {
    this.#life += 1;
    const life = this.#life;
    const { clock } = this;
    const livingClock = Object.assign(Object.create(clock) as FakeClock, {
      monotonicMs: () => clock.monotonicMs(),
      after: (ms: number, task: () => void) => clock.after(ms, () => life === this.#life && this.#try(task)),
    });
    const chosen = names.map((name) => chosenPin(pinOf[name], "output", this.#polarity));
    const bench = pinBench(chosen, { clock: livingClock, bank: this.#bank, pins: this.#pins(life) });
    this.#bench = bench;
    const onState = (name: Name | undefined) => void this.said.push(name);
    this.selector = await bench.gpio.selector(pinOf, { deadTimeMs, onState }).catch(() => undefined);
    if (this.selector === undefined) await this.stop();
  }

  async stop(): Promise<void> {
    this.selector = undefined;
    await this.#bench?.stop().catch(() => {});
  }

  select(name: Name | undefined): void {
    this.#try(() => this.selector?.select(name));
  }

  /** A pin that cannot be driven ends the life, as the runtime does it. */
  #try(task: () => void): void {
    try {
      task();
    } catch {
      void this.stop();
    }
  }

  #level(on: boolean): Level {
    return levelFor(on, this.#polarity);
  }

  #pins(life: number): ReturnType<typeof simulatedBank> {
    const bank = breakablePins(this.#bank, (pin) => this.broken !== undefined && pin === pinOf[this.broken]);
    const noted = (pin: unknown, drive: () => void) => {
      if (life !== this.#life) return;
      const before = this.on;
      drive();
      const name = names.find((one) => pinOf[one] === pin) as Name;
      const on = this.isOn(name);
      if (on !== before.includes(name)) this.changes.push({ name, on, atMs: this.clock.monotonicMs() });
    };
    return {
      ...bank,
      output: async (pin, request) => {
        const line = await bank.output(pin, { ...request, keep: true });
        if (!request.keep) noted(pin, () => line.write(request.initial));
        return { ...line, write: (level) => noted(pin, () => line.write(level)) };
      },
    };
  }
}

const step = fc.record({
  what: fc.constantFrom(...names, ...names, "none", "kill", "stop", "break", "repair"),
  broken: fc.constantFrom(...names),
  afterMs: fc.nat(900),
});

describe("outputs of which never two are on, through kills, restarts and failing lines", () => {
  it("keep to it, and to their dead time, and say which one is on", async () => {
    let switched = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, activeLow) => {
        const outputs = new Outputs(activeLow);
        await outputs.begin();
        for (const { what, broken, afterMs } of steps) {
          if (what === "stop") await outputs.stop();
          if (what === "stop" || what === "kill") await outputs.begin();
          else if (what === "break") outputs.broken = broken;
          else if (what === "repair") {
            outputs.broken = undefined;
            if (outputs.selector === undefined) await outputs.begin();
          } else outputs.select(what === "none" ? undefined : what);
          expect(outputs.on.length).toBeLessThanOrEqual(1);
          await outputs.clock.advance(afterMs);
          expect(outputs.on.length).toBeLessThanOrEqual(1);
          if (outputs.selector !== undefined) expect([outputs.selector.selected]).toEqual([outputs.said.at(-1)]);
          if (outputs.selector !== undefined && outputs.broken === undefined)
            expect(outputs.on).toEqual([outputs.said.at(-1)].filter((name) => name !== undefined));
        }
        const offAtMs = new Map<Name, number>();
        for (const { name, on, atMs } of outputs.changes) {
          if (!on) offAtMs.set(name, atMs);
          else switched += 1;
          for (const [, sinceMs] of on ? offAtMs : []) expect(atMs - sinceMs).toBeGreaterThanOrEqual(deadTimeMs);
        }
      }),
      { numRuns: runs(200) },
    );
    expect(switched).toBeGreaterThan(runs(200) / 4);
  });
});
