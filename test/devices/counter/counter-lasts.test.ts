import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { type House, startHouse } from "../../fakes/house.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";
import { runs } from "../../property-runs.ts";

const pin = 6;
const debounceMs = 5;
/** What the pulses per unit may be changed to at a start. */
const perUnits = [1, 1, 1_000, 75, 0.5];
/** A total has two digits more than one pulse needs, so it may be rounded by so much. */
const rounding = 0.006;
/** What a crash may cost (the kind's summary), besides the time that the disk takes: a writing under way, and the next. */
const boundMs = 10_000;

type Step =
  | { readonly does: "pulses"; readonly count: number; readonly onMs: number; readonly offMs: number }
  | { readonly does: "springs"; readonly pulses: number; readonly edges: number }
  | { readonly does: "wait"; readonly ms: number }
  | { readonly does: "command"; readonly total: number }
  | { readonly does: "kill" | "stop"; readonly afterMs: number; readonly perUnit: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant("pulses" as const),
      count: fc.integer({ min: 1, max: 40 }),
      onMs: fc.integer({ min: debounceMs, max: 300 }),
      offMs: fc.integer({ min: debounceMs, max: 900 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant("springs" as const),
      pulses: fc.integer({ min: 1, max: 5 }),
      edges: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 30_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant("command" as const), total: fc.integer({ min: 0, max: 2_000 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom("kill" as const, "kill" as const, "stop" as const),
      // Mostly soon: while what was just counted is on its way to the disk.
      afterMs: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 12_000 })),
      perUnit: fc.constantFrom(...perUnits),
    }),
  },
);

/** A meter through the lives of its agent: what it should have counted, and what it said. */
class Life {
  readonly #file = new FakeStateFile();
  readonly #everyS: number;
  readonly #diskMs: number;
  #house: House | undefined;
  #clock = new FakeClock();
  #pins = simulatedBank();
  /** How many messages of this life were looked at. */
  #seen = 0;
  #lastSaid = { pulses: 0, total: 0 };
  #perUnit = 1;
  /** Whether a command may have let the total fall. */
  #isCommanded = false;
  /** What is right, each time it changed, the latest last. */
  #right: { pulses: number; total: number; atMs: number }[] = [];

  constructor(everyS: number, diskMs: number) {
    this.#everyS = everyS;
    this.#diskMs = diskMs;
  }

  get right(): { pulses: number; total: number } {
    return this.#right.at(-1) ?? { pulses: 0, total: 0 };
  }

  /** Time does not pass in an agent that was killed: the next one has a clock and a broker of its own. */
  async begin(perUnit: number): Promise<void> {
    this.#perUnit = perUnit;
    const yaml = `devices:\n  meter: {kind: counter, topic: meter, pin: ${pin}, debounce: ${debounceMs}ms, every: ${this.#everyS}s, pulses_per_unit: ${perUnit}}\n`;
    const clock = new FakeClock();
    this.#clock = clock;
    this.#pins = simulatedBank(clock);
    this.#file.disk = () => new Promise((resolve) => void clock.after(this.#diskMs, resolve));
    this.#house = await startHouse(yaml, { clock, pins: this.#pins, stateFile: this.#file });
    this.#seen = 0;
    this.look();
  }

  async edge(level: 0 | 1, thenMs: number): Promise<void> {
    this.#pins.drive(pin, level);
    await this.#clock.advance(thenMs);
    this.look();
  }

  async wait(ms: number): Promise<void> {
    await this.#clock.advance(ms);
    this.look();
  }

  counts(): void {
    const { pulses, total } = this.right;
    this.#right.push({ pulses: pulses + 1, total: total + 1 / this.#perUnit, atMs: this.#clock.monotonicMs() });
  }

  /** A command is carried out in a moment, and lasts then. */
  async command(total: number): Promise<void> {
    this.look();
    this.#isCommanded = true;
    this.#house?.bus.receive("meter/total/set", String(total));
    await this.wait(3 * this.#diskMs);
    expect(this.#lastSaid).toEqual({ pulses: Math.round(total * this.#perUnit), total });
    this.#isRight();
    this.#isCommanded = false;
  }

  /** What was said last is what the next pulses are added to. */
  #isRight(): void {
    this.#right = [{ ...this.#lastSaid, atMs: Number.NEGATIVE_INFINITY }];
  }

  /** Never back, and never more than there were. */
  look(): void {
    const published = (this.#house?.bus.on("meter") ?? []).slice(this.#seen);
    this.#seen += published.length;
    for (const text of published) {
      const { pulses, total } = JSON.parse(text) as { pulses: number; total: number };
      if (!this.#isCommanded) {
        expect(pulses).toBeGreaterThanOrEqual(this.#lastSaid.pulses);
        expect(pulses).toBeLessThanOrEqual(this.right.pulses + 1);
        expect(total).toBeGreaterThanOrEqual(this.#lastSaid.total);
        expect(total).toBeLessThanOrEqual(this.right.total + 1 / this.#perUnit + rounding);
      }
      this.#lastSaid = { pulses, total };
    }
  }

  async kill(perUnit: number): Promise<void> {
    this.look();
    const safeMs = this.#clock.monotonicMs() - boundMs - 2 * this.#diskMs - debounceMs;
    const least = this.#right.findLast(({ atMs }) => atMs <= safeMs) ?? { pulses: 0, total: 0 };
    const most = this.right;
    await this.begin(perUnit);
    expect(this.#lastSaid.pulses).toBeGreaterThanOrEqual(least.pulses);
    expect(this.#lastSaid.pulses).toBeLessThanOrEqual(most.pulses);
    expect(this.#lastSaid.total).toBeGreaterThanOrEqual(least.total - rounding);
    expect(this.#lastSaid.total).toBeLessThanOrEqual(most.total + rounding);
    this.#isRight();
  }

  async stop(perUnit: number): Promise<void> {
    let isOver = false;
    void this.#house?.agent.stop().then(() => {
      isOver = true;
    });
    while (!isOver) await this.#clock.advance(1);
    this.look();
    this.expectRight();
    await this.begin(perUnit);
    this.expectRight();
    this.#isRight();
  }

  /** Nothing was lost. */
  expectRight(): void {
    expect(this.#lastSaid.pulses).toBe(this.right.pulses);
    expect(Math.abs(this.#lastSaid.total - this.right.total)).toBeLessThanOrEqual(rounding);
  }

  async take(step: Step): Promise<void> {
    switch (step.does) {
      case "pulses":
        for (let pulse = 0; pulse < step.count; pulse += 1) {
          await this.edge(0, step.onMs);
          this.counts();
          await this.edge(1, step.offMs);
        }
        return;
      case "springs":
        for (let pulse = 0; pulse < step.pulses; pulse += 1) {
          for (const level of [0, 1] as const) {
            for (let spring = 0; spring < step.edges; spring += 1) {
              await this.edge(level, debounceMs - 1);
              await this.edge(level === 0 ? 1 : 0, debounceMs - 1);
            }
            await this.edge(level, debounceMs);
            if (level === 0) this.counts();
          }
        }
        return;
      case "wait":
        return this.wait(step.ms);
      case "command":
        return this.command(step.total);
      case "kill":
        await this.wait(step.afterMs);
        return this.kill(step.perUnit);
      case "stop":
        await this.wait(step.afterMs);
        return this.stop(step.perUnit);
    }
  }

  /** While the agent runs, no pulse is lost. */
  async end(everyS: number): Promise<void> {
    await this.wait(everyS * 1_000 + 3 * this.#diskMs);
    this.expectRight();
  }
}

describe("a counter, whatever happens to its meter and its agent", () => {
  it("never goes back but by a command, loses nothing by a stop, and by a crash at most what is said", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(steps, { minLength: 4, maxLength: 16, size: "max" }),
        fc.constantFrom(1, 1, 10, 60),
        fc.constantFrom(0, 400, 400),
        async (some, everyS, diskMs) => {
          const life = new Life(everyS, diskMs);
          await life.begin(1);
          for (const step of some) await life.take(step);
          await life.end(everyS);
        },
      ),
      { numRuns: runs(120) },
    );
  }, 120_000);

  it("never goes back, whenever in a second it crashes", async () => {
    for (let afterMs = 0; afterMs < 1_200; afterMs += 30) {
      const life = new Life(1, 400);
      await life.begin(1);
      await life.take({ does: "pulses", count: 60, onMs: 20, offMs: 30 });
      await life.take({ does: "kill", afterMs, perUnit: 1 });
      await life.take({ does: "kill", afterMs: 0, perUnit: 75 });
    }
  });
});
