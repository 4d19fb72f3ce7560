import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClockAfterCut, MachineLives } from "../fakes/homes/machine-lives.ts";
import { runs } from "../property-runs.ts";

const minute = 60_000;
const lookMs = 5_000;
/** What a power cut may prolong a limit by: the time is stored each minute, and a change is written after ten seconds. */
const lostMs = 70_000;

/**
 * Relays that only rules switch on. After its longest time each rests for longer than any pause between two looks, so that whoever looks sees it off.
 */
const relays = { timed: 17, shown: 27, told: 22 } as const;
type Name = keyof typeof relays;
const names = Object.keys(relays) as Name[];
const longestMs = 3 * minute;

const house = `agent: {time_zone: Europe/Berlin}
home_assistant: {discovery: false}
devices:
  door: {kind: virtual, topic: door, type: switch}
${names.map((name) => `  ${name}: {kind: relay, topic: ${name}, pin: ${relays[name]}, initial: last, max_on: 3m, max_on_rest: 10m}\n`).join("")}rules:
  each-minute: {when: {cron: "* * * * *"}, then: {device: timed, command: on}, mode: restart}
  door-open: {when: {device: door, state: ON}, then: [{device: shown, command: on}, {wait: 30s}, {device: shown, command: on}], mode: queued}
  door-long: {when: {device: door, state: ON, for: 1m}, then: {device: shown, command: toggle}}
  message: {when: {topic: remote}, then: [{device: told, command: on}, {wait: 2m}, {device: told, command: on}], mode: restart}
  lonely: {when: {broker: offline, for: 30s}, then: {device: told, command: {state: ON, on_time: 600}}}
  start: {when: {agent: start}, then: {device: told, command: on}}
`;

type Step =
  | { readonly to: string; readonly send: string }
  | { readonly pass: number }
  | { readonly kill: number }
  | { readonly stop: number }
  | { readonly cut: number; readonly clock: ClockAfterCut }
  | { readonly jump: number }
  | { readonly loseBroker: number };

const seconds = (max: number) => fc.integer({ min: 0, max }).map((one) => one * 1_000);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      { to: "door/set", send: "on" },
      { to: "door/set", send: "off" },
      { to: "remote", send: "x" },
      { to: "pi2mqtt/test/rules/each-minute/set", send: "OFF" },
      { to: "pi2mqtt/test/rules/each-minute/set", send: "ON" },
    ),
  },
  { weight: 4, arbitrary: fc.record({ pass: seconds(150) }) },
  { weight: 2, arbitrary: fc.record({ kill: seconds(60) }) },
  fc.record({ stop: seconds(60) }),
  fc.record({ cut: seconds(240), clock: fc.constantFrom<ClockAfterCut>("right", "unknown") }),
  fc.record({ jump: fc.constantFrom(-3_600_000, -30_000, 30_000, 3_600_000) }),
  fc.record({ loseBroker: seconds(60) }),
);
const sequence = fc.array(step, { minLength: 5, maxLength: 25, size: "max" });

/** Takes a step, and looks after each five seconds of it and at its end. */
async function take(lives: MachineLives, one: Step, look: () => void): Promise<void> {
  if ("pass" in one)
    for (let passed = 0; passed < one.pass; passed += lookMs) {
      await lives.advance(lookMs);
      look();
    }
  else if ("send" in one) {
    lives.send(one.to, one.send);
    await lives.advance(0);
  } else if ("kill" in one) await lives.kill(one.kill);
  else if ("stop" in one) await lives.stop(one.stop);
  else if ("jump" in one) lives.jump(one.jump);
  else if ("loseBroker" in one) await lives.loseBroker(one.loseBroker);
  else {
    await lives.cutPower(one.cut, one.clock);
    await lives.advance(0);
  }
  look();
}

describe("rules, over commands, kills, restarts, power cuts, lost brokers and clocks that jump", () => {
  it("keep no output on for longer than it may be", async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async (steps) => {
        const lives = new MachineLives(house);
        await lives.start();
        const onMs = new Map<Name, number>();
        let cuts = 0;
        let lookedMs = lives.trueMs;
        for (const one of steps) {
          if ("cut" in one) {
            cuts += 1;
            // Nobody can know how long a power cut was if the clock was wrong before it: limits and rests may end too soon.
            if (lives.isClockWrong) onMs.clear();
          }
          await take(lives, one, () => {
            // Without power nothing is on.
            const passedMs = "cut" in one ? 0 : lives.trueMs - lookedMs;
            lookedMs = lives.trueMs;
            for (const name of names) {
              const isOn = lives.level(relays[name]) === 1;
              // One that has just gone on was on for less than what has passed; it is counted from the next look on.
              onMs.set(name, isOn ? (onMs.has(name) ? (onMs.get(name) ?? 0) + passedMs : 0) : 0);
              if (!isOn) onMs.delete(name);
              const allowedMs = longestMs + cuts * lostMs;
              expect(onMs.get(name) ?? 0).toBeLessThanOrEqual(allowedMs);
            }
          });
        }
      }),
      { numRuns: runs(60) },
    );
  }, 120_000);

  it("do the same where the same happens", async () => {
    const told = async (steps: readonly Step[]) => {
      const lives = new MachineLives(house);
      await lives.start();
      const seen: unknown[] = [];
      let bus = lives.bus;
      const collect = () => {
        seen.push(
          ...bus.published.map(({ topic, payload }) => `${topic} ${payload}`),
          names.map((name) => lives.level(relays[name])),
        );
        bus.published.length = 0;
        bus = lives.bus;
      };
      for (const one of steps) await take(lives, one, collect);
      return seen.filter((one) => typeof one !== "string" || !one.startsWith("pi2mqtt/test/health"));
    };
    await fc.assert(
      fc.asyncProperty(sequence, async (steps) => {
        expect(await told(steps)).toEqual(await told(steps));
      }),
      { numRuns: runs(20) },
    );
  }, 120_000);
});
