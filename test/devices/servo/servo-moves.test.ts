import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Happening, happens, trouble } from "../../fakes/homes/happenings.ts";
import { Lives } from "../../fakes/homes/lives.ts";
import { runs } from "../../property-runs.ts";

const pin = 18;
const speed = 30;
const detachMs = 2_000;

const step = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 180 }).map((angle): Happening => ({ send: String(angle) })) },
  { weight: 1, arbitrary: fc.constantFrom<Happening>({ send: "stop" }, { send: "181" }) },
  { weight: 6, arbitrary: fc.oneof(fc.nat(300), fc.nat(6_000)).map((pass): Happening => ({ pass })) },
  { weight: 2, arbitrary: trouble },
);

/** The angle of a pulse of 1000 to 2000 µs, to a tenth. */
const angleOf = (duty: number) => Math.round((duty * 20_000 - 1_000) * 1.8) / 10;

/** Every pulse is within the range, and from one to the next the servo is asked for no more than its speed. */
function checkPulses({ driven }: Lives): void {
  for (const [index, { value, atMs }] of driven.entries()) {
    const before = driven[index - 1];
    if (value === 0) continue;
    expect(value).toBeGreaterThanOrEqual(0.05 - 1e-9);
    expect(value).toBeLessThanOrEqual(0.1 + 1e-9);
    if (before === undefined || before.value === 0) continue;
    expect(Math.abs(angleOf(value) - angleOf(before.value))).toBeLessThanOrEqual(
      (speed * (atMs - before.atMs)) / 1_000 + 0.11,
    );
  }
}

describe("a servo, whatever happens", () => {
  it.each(["", ", restore: true", ", min_off: 3s", ", max_on: 4s"])(
    "turns only within its range, at its speed and when told to, is where it says, and rests; with the options%s",
    async (more) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const home = await Lives.begin(
            `devices:\n  it: {kind: servo, topic: it, pin: ${pin}, speed: ${speed}, detach_time: 2s${more}}\n`,
          );
          let isCommanded = false;
          for (const what of steps) {
            await happens(home, what);
            if ("send" in what) isCommanded = true;
            if ("does" in what && (what.does === "kill" || what.does === "restart")) isCommanded = false;
            const duty = home.bank.duty(pin) ?? 0;
            if (home.areBroken || home.bus.retained.get("it/availability") !== "online") continue;
            if (!isCommanded) expect(duty).toBe(0);
            const { angle, moving } = home.stateOn("it/state") as { angle: number | null; moving: boolean };
            if (moving) expect(duty).toBeGreaterThan(0);
            // What is said on the way may be a second old.
            if (duty > 0)
              expect(Math.abs((angle ?? -999) - angleOf(duty))).toBeLessThanOrEqual(moving ? speed * 1.03 : 0.11);
          }
          home.areBroken = false;
          await home.pass(80_000 + detachMs);
          expect(home.bank.duty(pin)).toBe(0);
          checkPulses(home);
        }),
        { numRuns: runs(60) },
      );
    },
    120_000,
  );
});
