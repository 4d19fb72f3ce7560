import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Lives } from "../../fakes/homes/lives.ts";
import { runs } from "../../property-runs.ts";

const pin = 6;
const maxOnMs = 20_000;
const tones = { alarm: [700, 300], steady: [], long: [100, 5_000] } as const;
const written = "{alarm: [700ms, 300ms], steady: [], long: [100ms, 5s]}";

type Step =
  | { readonly send: string }
  | { readonly pass: number }
  | { readonly does: "kill" | "restart" | "break" | "mend" | "lose" | "meet" }
  | { readonly drive: 0 | 1 };

const seconds = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constantFrom(0.2, 19.9, 20));
const on = fc
  .record({
    tone: fc.option(fc.constantFrom(...Object.keys(tones)), { nil: undefined }),
    duration: fc.option(seconds, { nil: undefined }),
  })
  .map((more): Step => ({ send: JSON.stringify({ state: "ON", ...more }) }));
const does = (...some: readonly Extract<Step, { does: unknown }>["does"][]) =>
  fc.constantFrom(...some).map((what): Step => ({ does: what }));
const usual = [
  { weight: 4, arbitrary: on },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ send: "off" }, { send: "toggle" }) },
  { weight: 6, arbitrary: fc.oneof(fc.nat(3_000), fc.nat(15_000)).map((pass): Step => ({ pass })) },
  { weight: 2, arbitrary: does("kill", "restart", "lose", "meet") },
];
const drives = { weight: 1, arbitrary: fc.constantFrom<Step>({ drive: 0 }, { drive: 1 }) };
const breaks = { weight: 1, arbitrary: does("break", "mend", "mend") };
const limits = fc.constantFrom("", ", min_on: 30s", ", min_off: 3s", ", max_on: 15s");
const often = { numRuns: runs(150) };
const patience = 120_000;

const begin = (limit: string) =>
  Lives.begin(
    `devices:\n  siren: {kind: siren, topic: siren, pin: ${pin}, max_duration: 20s, tones: ${written}${limit}}\n`,
  );

async function happens(home: Lives, what: Step): Promise<void> {
  if ("send" in what) home.bus.receive("siren", what.send);
  else if ("pass" in what) await home.pass(what.pass);
  else if ("drive" in what) (await home.bank.output(pin, { initial: 0, keep: true })).write(what.drive);
  else if (what.does === "break" || what.does === "mend") home.areBroken = what.does === "break";
  else if (what.does === "lose") home.bus.disconnect({ forget: true });
  else if (what.does === "meet") home.bus.connect();
  else if (what.does === "kill") await home.kill();
  else await home.restart();
}

/** For how long at most the pin was on, where the pauses of a tone do not count as an end: it says that it is on meanwhile. */
function longestMs({ driven, said }: Lives): number {
  const events = [
    ...driven.map(({ atMs, order, value }) => ({ atMs, order, isHigh: value === 1 })),
    ...said
      .filter(({ topic }) => topic === "siren/state")
      .map(({ atMs, order, payload }) => ({
        atMs,
        order,
        isSaid: (JSON.parse(payload) as { state: string }).state === "ON",
      })),
  ].sort((a, b) => a.order - b.order);
  let longest = 0;
  let sinceMs: number | undefined;
  let now = { isHigh: false, isSaid: false };
  for (const { atMs, order: _order, ...event } of events) {
    if (now.isHigh && sinceMs !== undefined) longest = Math.max(longest, atMs - sinceMs);
    now = { ...now, ...event };
    if (now.isHigh) sinceMs ??= atMs;
    else if (!now.isSaid) sinceMs = undefined;
  }
  return longest;
}

describe("a siren, whatever happens", () => {
  it(
    "is never on for longer than max_duration, over commands, kills and restarts",
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.oneof(...usual), { maxLength: 30 }), limits, async (steps, limit) => {
          const home = await begin(limit);
          for (const what of steps) await happens(home, what);
          await home.pass(60_000);
          expect(longestMs(home)).toBeLessThanOrEqual(maxOnMs);
        }),
        often,
      );
    },
    patience,
  );

  it(
    "is no longer on than that after others have driven its pin, which is seen within two seconds",
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.oneof(...usual, drives), { maxLength: 30 }), limits, async (steps, limit) => {
          const home = await begin(limit);
          for (const what of steps) await happens(home, what);
          await home.pass(60_000);
          expect(longestMs(home)).toBeLessThanOrEqual(maxOnMs + 2_000);
        }),
        often,
      );
    },
    patience,
  );

  it(
    "is as it says, and silent in the end, also after its pin has not answered",
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.oneof(...usual, breaks), { maxLength: 30 }), limits, async (steps, limit) => {
          const home = await begin(limit);
          for (const what of steps) {
            await happens(home, what);
            if (home.areBroken || home.bus.retained.get("siren/availability") !== "online") continue;
            const { state, tone } = home.stateOn("siren/state");
            if (state === "OFF") expect(home.bank.level(pin)).toBe(0);
            if (tone === "steady") expect(home.bank.level(pin)).toBe(1);
          }
          home.areBroken = false;
          await home.pass(120_000);
          home.bus.connect();
          expect([home.bank.level(pin), home.stateOn("siren/state")["state"]]).toEqual([0, "OFF"]);
        }),
        often,
      );
    },
    patience,
  );
});
