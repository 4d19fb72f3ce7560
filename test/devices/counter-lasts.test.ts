import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { FakeClock } from "../fakes/clock.ts";
import { type House, startHouse } from "../fakes/house.ts";
import { FakeStateFile } from "../fakes/state-file.ts";

const pin = 6;
const debounceMs = 5;
/** What a crash may cost (the kind's summary), besides the time that the disk takes: a writing under way, and the next. */
const boundMs = 10_000;

type Step =
  | { readonly does: "pulses"; readonly count: number; readonly onMs: number; readonly offMs: number }
  | { readonly does: "springs"; readonly pulses: number; readonly edges: number }
  | { readonly does: "wait"; readonly ms: number }
  | { readonly does: "command"; readonly total: number }
  | { readonly does: "kill" | "stop"; readonly afterMs: number };

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
    }),
  },
);

/** A meter through the lives of its agent: what it should have counted, and what it said. */
class Life {
  readonly #file = new FakeStateFile();
  readonly #yaml: string;
  readonly #diskMs: number;
  #house: House | undefined;
  #clock = new FakeClock();
  #pins = simulatedBank();
  /** How many messages of this life were looked at. */
  #seen = 0;
  #lastSaid = 0;
  /** Whether a command may have let the total fall. */
  #isCommanded = false;
  /** What is right, each time it changed, the latest last. */
  #right: { pulses: number; atMs: number }[] = [{ pulses: 0, atMs: Number.NEGATIVE_INFINITY }];

  constructor(everyS: number, diskMs: number) {
    this.#yaml = `devices:\n  meter: {kind: counter, topic: meter, pin: ${pin}, debounce: ${debounceMs}ms, every: ${everyS}s}\n`;
    this.#diskMs = diskMs;
  }

  get pulses(): number {
    return this.#right.at(-1)?.pulses ?? 0;
  }

  /** Time does not pass in an agent that was killed: the next one has a clock and a broker of its own. */
  async begin(): Promise<void> {
    const clock = new FakeClock();
    this.#clock = clock;
    this.#pins = simulatedBank(clock);
    this.#file.disk = () => new Promise((resolve) => void clock.after(this.#diskMs, resolve));
    this.#house = await startHouse(this.#yaml, { clock, pins: this.#pins, stateFile: this.#file });
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

  counts(pulses: number): void {
    this.#right.push({ pulses, atMs: this.#clock.monotonicMs() });
  }

  /** A command is carried out in a moment, and lasts then. */
  async command(total: number): Promise<void> {
    this.look();
    this.#isCommanded = true;
    this.#house?.bus.receive("meter/total/set", String(total));
    await this.wait(3 * this.#diskMs);
    expect(this.#lastSaid).toBe(total);
    this.#right = [{ pulses: total, atMs: Number.NEGATIVE_INFINITY }];
    this.#isCommanded = false;
  }

  /** Never back, and never more than there were. */
  look(): void {
    const said = (this.#house?.bus.on("meter") ?? []).map((text) => (JSON.parse(text) as { pulses: number }).pulses);
    for (const pulses of said.slice(this.#seen)) {
      if (!this.#isCommanded) {
        expect(pulses).toBeGreaterThanOrEqual(this.#lastSaid);
        expect(pulses).toBeLessThanOrEqual(this.pulses + 1);
      }
      this.#lastSaid = pulses;
    }
    this.#seen = said.length;
  }

  async kill(): Promise<void> {
    this.look();
    const safeMs = this.#clock.monotonicMs() - boundMs - 2 * this.#diskMs - debounceMs;
    const least = this.#right.findLast(({ atMs }) => atMs <= safeMs)?.pulses ?? 0;
    const most = this.pulses;
    await this.begin();
    expect(this.#lastSaid).toBeGreaterThanOrEqual(least);
    expect(this.#lastSaid).toBeLessThanOrEqual(most);
    this.#right = [{ pulses: this.#lastSaid, atMs: Number.NEGATIVE_INFINITY }];
  }

  async stop(): Promise<void> {
    let isOver = false;
    void this.#house?.agent.stop().then(() => {
      isOver = true;
    });
    while (!isOver) await this.#clock.advance(1);
    await this.begin();
    expect(this.#lastSaid).toBe(this.pulses);
    this.#right = [{ pulses: this.#lastSaid, atMs: Number.NEGATIVE_INFINITY }];
  }

  async take(step: Step): Promise<void> {
    switch (step.does) {
      case "pulses":
        for (let pulse = 0; pulse < step.count; pulse += 1) {
          await this.edge(0, step.onMs);
          this.counts(this.pulses + 1);
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
            if (level === 0) this.counts(this.pulses + 1);
          }
        }
        return;
      case "wait":
        return this.wait(step.ms);
      case "command":
        return this.command(step.total);
      case "kill":
        await this.wait(step.afterMs);
        return this.kill();
      case "stop":
        await this.wait(step.afterMs);
        return this.stop();
    }
  }

  /** While the agent runs, no pulse is lost. */
  async end(everyS: number): Promise<void> {
    await this.wait(everyS * 1_000 + 3 * this.#diskMs);
    expect(this.#lastSaid).toBe(this.pulses);
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
          await life.begin();
          for (const step of some) await life.take(step);
          await life.end(everyS);
        },
      ),
      { numRuns: 120 },
    );
  }, 120_000);

  it("never goes back, whenever in a second it crashes", async () => {
    for (let afterMs = 0; afterMs < 1_200; afterMs += 30) {
      const life = new Life(1, 400);
      await life.begin();
      await life.take({ does: "pulses", count: 60, onMs: 20, offMs: 30 });
      await life.take({ does: "kill", afterMs });
      await life.take({ does: "kill", afterMs: 0 });
    }
  });
});
