import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ShutterTraits } from "../../fakes/homes/shutter.ts";
import { runs } from "../../property-runs.ts";
import { deadTimeMs, debounceMs, Home, overrunMs, traits, yaml } from "./cover-home.ts";

/**
 * How far what is said may be from what is, in percent: half a percent is rounded, and one that stops just as it leaves its end is taken to
 * be one percent away from it.
 */
const tolerance = 1.51;

/** What can happen to every cover. */
const command = fc.oneof(
  { weight: 6, arbitrary: fc.record({ send: fc.constantFrom("OPEN", "CLOSE", "STOP") }) },
  { weight: 6, arbitrary: fc.record({ position: fc.integer({ min: 0, max: 100 }) }) },
  { weight: 4, arbitrary: fc.record({ press: fc.constantFrom(16, 17, 27) }) },
  { weight: 3, arbitrary: fc.record({ killedForMs: fc.integer({ min: 0, max: 15_000 }) }) },
  { weight: 1, arbitrary: fc.constant({ restart: true as const }) },
  { weight: 1, arbitrary: fc.constant({ brokerLost: true as const }) },
  { weight: 1, arbitrary: fc.record({ brokenForMs: fc.integer({ min: 0, max: 10_000 }) }) },
);
const tilt = { weight: 6, arbitrary: fc.record({ tilt: fc.integer({ min: 0, max: 100 }) }) };
const push = { weight: 3, arbitrary: fc.record({ pushedTo: fc.integer({ min: 0, max: 100 }) }) };
type What = {
  send?: string;
  position?: number;
  press?: number;
  tilt?: number;
  pushedTo?: number;
  killedForMs?: number;
  brokenForMs?: number;
  restart?: true;
  brokerLost?: true;
};

/** A kind of shutter, and what can happen to it besides. */
interface Build {
  readonly options: string;
  readonly some: Partial<ShutterTraits>;
  readonly happening: fc.Arbitrary<What>;
}

const buttons = ", open_button_pin: 16, close_button_pin: 17, button_pin: 27";
const builds: Record<string, Build> = {
  "a cover": { options: "", some: {}, happening: command },
  "a venetian blind": {
    options: ", tilt_time: 2s",
    some: { times: { ...traits.times, tilt: 2_000 } },
    happening: fc.oneof({ weight: 16, arbitrary: command }, tilt),
  },
  "a cover with end stops": {
    options: ", open_endstop_pin: 5, close_endstop_pin: 6, calibrate_at_start: close",
    some: { endstops: { open: 5, close: 6 } },
    happening: fc.oneof({ weight: 16, arbitrary: command }, push),
  },
};

describe.each(Object.entries(builds))("whatever happens to %s", (_, { options, some, happening }) => {
  const anyHouse = fc.record({
    activeLow: fc.boolean(),
    position: fc.integer({ min: 0, max: 100 }),
    tilt: fc.integer({ min: 0, max: 100 }),
  });
  const step = fc.record({ what: happening, thenMs: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.nat(30_000)) });

  it("never two relays are on, none for too long, the dead time is kept, and what it says is true", async () => {
    await fc.assert(
      fc.asyncProperty(anyHouse, fc.array(step, { maxLength: 14 }), async (house, steps) => {
        const home = await Home.started(yaml(options + buttons, house.activeLow), { ...some, ...house });
        for (const { what, thenMs } of steps) {
          await happens(home, what, thenMs);
          isTrue(home);
        }
        // However it went, it comes to where it is wanted.
        await home.pass(62_000);
        home.send("37", "shade/position/set");
        await home.pass(60_000);
        const { shutter, said } = home;
        expect(said).toMatchObject({ state: "open", position: 37 });
        expect(Math.abs(shutter.position - 37)).toBeLessThan(tolerance);
        isTrue(home);
        expect(shutter.wereBothOn).toBe(false);
        expect(shutter.shortestPauseMs).toBeGreaterThan(deadTimeMs - 0.001);
        // A relay stays as it is while nothing runs, and while its pin answers with errors until the device is set up anew.
        const alone = steps.reduce(
          (ms, { what: { killedForMs = 0, brokenForMs } }) =>
            ms + killedForMs + (brokenForMs === undefined ? 0 : 70_000),
          0,
        );
        for (const way of ["open", "close"] as const)
          expect(shutter.longestRunMs[way]).toBeLessThanOrEqual(
            traits.times[way] + (some.times?.tilt ?? 0) + overrunMs + alone + 1,
          );
        if (some.endstops) expect(shutter.longestAtEndMs).toBeLessThanOrEqual(debounceMs + alone + 1);
      }),
      { numRuns: runs(120) },
    );
  }, 120_000);
});

async function happens(home: Home, what: What, thenMs: number): Promise<void> {
  if (what.send !== undefined) home.send(what.send);
  if (what.position !== undefined) home.send(String(what.position), "shade/position/set");
  if (what.tilt !== undefined) home.send(String(what.tilt), "shade/tilt/set");
  if (what.press !== undefined) await home.press(what.press);
  if (what.pushedTo !== undefined) await pushes(home, what.pushedTo);
  if (what.brokenForMs !== undefined) {
    home.shutter.isBroken = true;
    await home.pass(what.brokenForMs);
    home.shutter.isBroken = false;
    // Its pins are looked at every two seconds, and it is set up anew after a pause of up to a minute.
    await home.pass(65_000);
  }
  if (what.brokerLost) {
    home.bus.disconnect({ forget: true });
    await home.pass(thenMs);
    home.bus.connect();
    return;
  }
  if (what.restart || what.killedForMs !== undefined) await begins(home, what.killedForMs);
  await home.pass(thenMs);
}

/** The program is killed and started again, or stopped and started again. It moves nothing by that, and says what it said. */
async function begins(home: Home, killedForMs: number | undefined): Promise<void> {
  await home.pass(50);
  const before = home.said;
  const wasMoving = home.shutter.moves !== undefined;
  if (killedForMs === undefined) await home.restart();
  else await home.kill(killedForMs);
  expect(home.shutter.moves).toBeUndefined();
  if (!wasMoving) expect({ ...home.said, problem: null }).toEqual({ ...before, problem: null });
}

/**
 * Somebody pushes it away from its end while it stands there: nobody can see that it was pushed from anywhere else, nor in the pause before
 * it goes on by itself.
 */
async function pushes(home: Home, to: number): Promise<void> {
  const { shutter } = home;
  const wasMoving = shutter.moves !== undefined;
  await home.pass(deadTimeMs + 50);
  const isAtRest = !wasMoving && shutter.moves === undefined;
  if (isAtRest && (shutter.position === 0 || shutter.position === 100)) shutter.push(to);
  await home.pass(50);
}

/** What is said of a position on the way may be a second old, in which it has gone up to 10 percent. */
function isTrue({ said, shutter, bus }: Home): void {
  const { state, position, tilt } = said;
  expect(bus.retained.get("shade/position")).toBe(position === null ? undefined : String(position));
  const moving = { open: "opening", close: "closing" } as const;
  if (shutter.moves !== undefined) expect(state).toBe(moving[shutter.moves]);
  else expect(shutter.position > 1.01 ? [null, "open"] : [null, "open", "closed"]).toContain(state);
  if (position !== null)
    expect(Math.abs(position - shutter.position)).toBeLessThanOrEqual(
      shutter.moves === undefined ? tolerance : 10 + tolerance,
    );
  if (typeof tilt === "number" && shutter.moves === undefined)
    expect(Math.abs(tilt - shutter.tilt)).toBeLessThanOrEqual(1.01);
}
