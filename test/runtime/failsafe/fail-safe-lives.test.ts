import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClockAfterCut, MachineLives } from "../../fakes/homes/machine-lives.ts";
import { kinds } from "../../fakes/kinds.ts";
import { neighbours } from "../../fakes/neighbour.ts";
import { type Given, settableKinds } from "../../fakes/settable-sensor.ts";
import { runs } from "../../property-runs.ts";

const minute = 60_000;
const lookMs = 5_000;
/** What a power cut may prolong a time by: the time is stored each minute, and a change is written after ten seconds. */
const lostMs = 70_000;
/** An agent that starts waits so long for its first connection, and for the first reading of a sensor. */
const firstMs = minute;
/** A sensor has failed after 16 s, and what a reading that was good a moment ago hides may take 10 s more. */
const noticedMs = 30_000;
/** Until then the agent may not know that a sensor has failed. */
const unseenMs = 16_000;

/** Each has one reason, and its time and the bound beyond it. */
const relays = {
  offline: {
    pin: 5,
    options: "initial: last",
    reason: "broker",
    failsafe: "after_offline: 5m",
    ms: 5 * minute + firstMs,
  },
  resuming: {
    pin: 6,
    options: "initial: on",
    reason: "broker",
    failsafe: "after_offline: 2m, resume: true",
    ms: 2 * minute + firstMs,
  },
  pump: {
    pin: 13,
    options: "on_exit: off",
    reason: "broker",
    failsafe: "state: on, after_offline: 3m",
    ms: 3 * minute + firstMs,
  },
  silent: {
    pin: 19,
    options: "initial: keep, on_exit: keep",
    reason: "silence",
    failsafe: "after_silence: 4m",
    ms: 4 * minute,
  },
  lost: {
    pin: 26,
    options: "initial: last",
    reason: "controller",
    failsafe: "on_controller_lost: {topic: ctl, after: 2m}",
    ms: 2 * minute,
  },
  heated: {
    pin: 21,
    options: "initial: on",
    reason: "sensor",
    failsafe: "stale_sensor: room",
    ms: firstMs + noticedMs,
  },
  heatedLast: {
    pin: 20,
    options: "initial: last",
    reason: "sensor",
    failsafe: "stale_sensor: room, resume: true",
    ms: firstMs + noticedMs,
  },
  guarded: {
    pin: 16,
    options: "initial: off",
    reason: "sensor",
    failsafe: "state: on, stale_sensor: room",
    ms: firstMs + noticedMs,
  },
} as const;

/** Those whose fail-safe state is on. */
const on: readonly Name[] = ["pump", "guarded"];

type Name = keyof typeof relays;

const names = Object.keys(relays) as Name[];
const yaml = `devices:\n  room: {kind: thermometer, topic: room}\n${names
  .map((name) => {
    const { pin, options, failsafe } = relays[name];
    return `  ${name}: {kind: relay, topic: ${name}, pin: ${pin}, ${options}, failsafe: {${failsafe}}}\n  b_${name}: {kind: neighbour, topic: b/${name}, target: ${name}}\n`;
  })
  .join("")}`;

type Step =
  | { readonly to: Name; readonly word: string; readonly by: "mqtt" | "house" }
  | { readonly pass: number }
  | { readonly kill: number; readonly broker: boolean }
  | { readonly stop: number }
  | { readonly cut: number; readonly clock: ClockAfterCut }
  | { readonly jump: number }
  | { readonly broker: boolean }
  | { readonly controller: string }
  | { readonly sensor: Given }
  | "set clock";

const seconds = (max: number) => fc.integer({ min: 0, max }).map((one) => one * 1_000);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      to: fc.constantFrom(...names),
      word: fc.constantFrom(
        "on",
        "on",
        "off",
        "toggle",
        '{"state":"ON","on_time":100}',
        '{"state":"OFF","off_time":60}',
      ),
      by: fc.constantFrom("mqtt" as const, "house" as const),
    }),
  },
  { weight: 5, arbitrary: fc.record({ pass: seconds(200) }) },
  { weight: 2, arbitrary: fc.record({ kill: seconds(60), broker: fc.boolean() }) },
  fc.record({ stop: seconds(60) }),
  fc.record({ cut: seconds(600), clock: fc.constantFrom<ClockAfterCut>("right", "unknown") }),
  fc.record({ jump: fc.constantFrom(-3_600_000, -30_000, 30_000, 3_600_000, 1e12) }),
  { weight: 3, arbitrary: fc.record({ broker: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ controller: fc.constantFrom("offline", "offline", "online") }) },
  { weight: 2, arbitrary: fc.record({ sensor: fc.constantFrom<Given>("fails", "fails", { temperature: 20 }) }) },
  fc.constant("set clock" as const),
);

/** For how long the reason of a relay has lasted, without the time for which the machine was off; undefined: there is none. */
interface Count {
  ms: number | undefined;
  cuts: number;
  /** Whether no agent was started since it began. */
  isFirstLife: boolean;
}

/** Somebody who sees the pins all the time, and knows what is there and what is not. */
class Trial {
  readonly caller = neighbours();
  given: Given = { temperature: 20 };
  readonly lives = new MachineLives(yaml, { kinds: [...kinds, this.caller.kind, ...settableKinds(() => this.given)] });
  readonly counts = Object.fromEntries(
    names.map((name) => [name, { ms: undefined, cuts: 0, isFirstLife: true }]),
  ) as Record<Name, Count>;
  isBrokerThere = true;

  async begin(): Promise<void> {
    await this.lives.start();
    this.#set("silence", 0);
  }

  async take(one: Step): Promise<void> {
    const { lives } = this;
    if (one === "set clock") await this.#watched(() => lives.setClock());
    else if ("pass" in one)
      for (let passed = 0; passed < one.pass; passed += lookMs) await this.#watched(() => lives.advance(lookMs));
    else if ("word" in one) await this.#command(one);
    else if ("kill" in one) {
      await this.#broker(one.broker, () => lives.setBrokerUnseen(one.broker));
      this.#forgive(one.kill);
      await this.#watched(() => lives.kill(one.kill));
    } else if ("stop" in one) {
      this.#forgive(one.stop);
      await this.#watched(() => lives.stop(one.stop));
    } else if ("jump" in one) lives.jump(one.jump);
    else if ("broker" in one) await this.#broker(one.broker, () => lives.setBroker(one.broker));
    else if ("controller" in one) {
      if (!this.isBrokerThere) return;
      lives.send("ctl", one.controller);
      this.#set("controller", one.controller === "offline" ? 0 : undefined);
    } else if ("sensor" in one) {
      this.given = one.sensor;
      this.#set("sensor", one.sensor === "fails" ? 0 : undefined);
    } else {
      for (const name of names) this.counts[name].cuts += 1;
      await lives.cutPower(one.cut, one.clock);
      await this.#watched(() => lives.advance(0));
    }
  }

  /** A reason begins, with this time, or ends. One that lasts already goes on. */
  #set(reason: string, ms: number | undefined, isAnew = false): void {
    for (const name of names) {
      const count = this.counts[name];
      if (relays[name].reason !== reason || (ms !== undefined && count.ms !== undefined && !isAnew)) continue;
      count.ms = ms;
      count.cuts = 0;
      count.isFirstLife = true;
    }
  }

  /** An agent that ends before it has seen that a sensor has failed lets the next one wait for its first reading. */
  #forgive(downMs: number): void {
    for (const name of names) {
      const count = this.counts[name];
      const { ms, isFirstLife } = count;
      count.isFirstLife = false;
      if (relays[name].reason === "sensor" && isFirstLife && ms !== undefined && ms <= unseenMs) count.ms = ms - downMs;
    }
  }

  async #broker(isThere: boolean, change: () => void | Promise<void>): Promise<void> {
    this.isBrokerThere = isThere;
    this.#set("broker", isThere ? undefined : 0);
    await change();
  }

  async #command({ to, word, by }: { readonly to: Name; readonly word: string; readonly by: "mqtt" | "house" }) {
    const { lives } = this;
    if (by === "mqtt" && !this.isBrokerThere) return;
    const count = this.counts[to];
    const { reason } = relays[to];
    const isPlain = !word.startsWith("{");
    if (by === "mqtt") lives.send(to, word);
    else if (isPlain) this.caller.command(to, word);
    if ((by === "mqtt" || isPlain) && reason !== "sensor" && count.ms !== undefined) {
      count.ms = reason === "controller" && by === "mqtt" ? undefined : 0;
      count.cuts = 0;
    }
    await this.#watched(() => lives.advance(0));
  }

  /** Counts what passes, and checks every relay. */
  async #watched(task: () => Promise<void>): Promise<void> {
    const { lives } = this;
    const beganMs = lives.trueMs;
    await task();
    for (const name of names) {
      const count = this.counts[name];
      if (count.ms === undefined) continue;
      count.ms += lives.trueMs - beganMs;
      const isAway = (lives.level(relays[name].pin) === 1) !== on.includes(name);
      if (isAway) expect([name, count.ms]).toEqual([name, Math.min(count.ms, relays[name].ms + count.cuts * lostMs)]);
    }
  }
}

describe("outputs with a fail-safe", () => {
  it("are never away from it for longer than their time, whatever happens", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25, size: "max" }), async (steps) => {
        const trial = new Trial();
        await trial.begin();
        for (const one of steps) await trial.take(one);
      }),
      { numRuns: runs(40) },
    );
  }, 120_000);
});
