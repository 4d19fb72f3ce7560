import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClockAfterCut, MachineLives } from "../../fakes/homes/machine-lives.ts";
import { runs } from "../../property-runs.ts";

const minute = 60_000;
const lookMs = 5_000;

/** What a power cut may prolong a limit by: the time is stored each minute, and a change is written after ten seconds. */
const lostMs = 70_000;

const relays = {
  last: { pin: 5, options: "max_on: 5m, initial: last" },
  first: { pin: 6, options: "max_on: 5m, max_on_rest: 3m, initial: on" },
  keep: { pin: 13, options: "max_on: 5m, initial: keep, on_exit: keep" },
  auto: { pin: 19, options: "auto_off: 3m, initial: last" },
} as const;

type Name = keyof typeof relays;

const names = Object.keys(relays) as Name[];

const houseOf = (which: readonly Name[]) =>
  `devices:\n${which.map((name) => `  ${name}: {kind: relay, topic: ${name}, pin: ${relays[name].pin}, ${relays[name].options}}\n`).join("")}`;

type Step =
  | { readonly to: Name; readonly send: string }
  | { readonly pass: number }
  | { readonly kill: number }
  | { readonly stop: number }
  | { readonly cut: number; readonly clock: ClockAfterCut }
  | { readonly jump: number }
  | { readonly loseBroker: number }
  | "set clock";

const seconds = (max: number) => fc.integer({ min: 0, max }).map((one) => one * 1_000);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      to: fc.constantFrom(...names),
      send: fc.constantFrom("on", "on", "on", "off", "toggle", '{"state":"ON","on_time":100}'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ pass: seconds(150) }) },
  { weight: 2, arbitrary: fc.record({ kill: seconds(60) }) },
  fc.record({ stop: seconds(60) }),
  fc.record({ cut: seconds(600), clock: fc.constantFrom<ClockAfterCut>("right", "unknown") }),
  fc.record({ jump: fc.constantFrom(-3_600_000, -30_000, 30_000, 3_600_000, 1e12) }),
  fc.record({ loseBroker: seconds(60) }),
  fc.constant("set clock" as const),
);

/** How long one relay was on, as somebody counts who sees its pin all the time. */
class Count {
  onMs = 0;
  cuts = 0;
  restUntilMs = Number.NEGATIVE_INFINITY;

  /** Looks at the pin while an agent runs. If it is off now, it went off at `sinceMs` at the earliest. */
  look(isOn: boolean, sinceMs: number, rest: { readonly afterMs: number; readonly forMs: number } | undefined): void {
    if (isOn) return;
    if (rest !== undefined && this.onMs >= rest.afterMs) this.restUntilMs = sinceMs + rest.forMs;
    this.onMs = 0;
    this.cuts = 0;
  }
}

class Trial {
  readonly lives = new MachineLives(houseOf(names));
  readonly counts = Object.fromEntries(names.map((name) => [name, new Count()])) as Record<Name, Count>;

  async take(one: Step): Promise<void> {
    const { lives } = this;
    if (one === "set clock") await this.#watched(() => lives.setClock());
    else if ("pass" in one)
      for (let passed = 0; passed < one.pass; passed += lookMs) await this.#watched(() => lives.advance(lookMs));
    else if ("send" in one) {
      // Whoever only looks cannot tell the end of a command's time from that of max_on, after which the relay rests.
      if (one.to === "first" && one.send.includes("on_time")) return;
      lives.send(one.to, one.send);
      // Each command to on begins auto_off anew.
      if (one.to === "auto" && one.send !== "off" && this.#isOn("auto")) this.counts.auto.onMs = 0;
      await this.#watched(() => lives.advance(0));
    } else if ("kill" in one) await this.#watched(() => lives.kill(one.kill));
    else if ("stop" in one) await this.#watched(() => lives.stop(one.stop));
    else if ("jump" in one) lives.jump(one.jump);
    else if ("loseBroker" in one) await this.#watched(() => lives.loseBroker(one.loseBroker));
    else {
      for (const name of names) this.counts[name].cuts += 1;
      // Nobody can know how long a power cut was if the clock was wrong before it. Then a rest may end too soon.
      if (lives.isClockWrong) this.counts.first.restUntilMs = Number.NEGATIVE_INFINITY;
      await lives.cutPower(one.cut, one.clock);
      await this.#watched(() => lives.advance(0));
    }
  }

  #isOn(name: Name): boolean {
    return this.lives.level(relays[name].pin) === 1;
  }

  /** Counts what passes, and checks every limit. */
  async #watched(task: () => Promise<void>): Promise<void> {
    const { lives } = this;
    const beganMs = lives.trueMs;
    const before = names.filter((name) => this.#isOn(name));
    await task();
    for (const name of names) {
      const count = this.counts[name];
      const isOn = this.#isOn(name);
      if (before.includes(name)) count.onMs += lives.trueMs - beganMs;
      const rest = name === "first" ? { afterMs: 5 * minute, forMs: 3 * minute } : undefined;
      if (isOn) expect(lives.trueMs).toBeGreaterThanOrEqual(count.restUntilMs);
      const limitMs = name === "auto" ? 3 * minute : 5 * minute;
      if (isOn) expect(count.onMs).toBeLessThanOrEqual(limitMs + count.cuts * lostMs);
      count.look(isOn, beganMs, rest);
    }
  }
}

describe("the longest times of outputs", () => {
  it("hold over commands, kills, restarts, power cuts, lost brokers and clocks that jump", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25, size: "max" }), async (steps) => {
        const trial = new Trial();
        await trial.lives.start();
        for (const one of steps) await trial.take(one);
      }),
      { numRuns: runs(60) },
    );
  }, 120_000);
});
