import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginning, happenings, life, plain } from "../../fakes/homes/warm-happenings.ts";
import { coolerPin, heaterPin, staleMs } from "../../fakes/homes/warm-house.ts";
import { live, type Moment } from "../../fakes/homes/warm-life.ts";
import { runs } from "../../property-runs.ts";

/** How late the thermostat sees what nobody tells. */
const lookMs = 10_000;
const hysteresis = 0.5;
const { good, any, swing, slowly, wish, wishInDoubt, meddling, broker, window, failing, kill } = happenings;

const often = { numRuns: runs(40) };
/** Lives take long on a machine that has much to do. */
const patience = 120_000;

describe("a thermostat, whatever happens", () => {
  it(
    "is never on by a reading that is not good or too old, but for the shortest time on",
    async () => {
      const steps = life(any, slowly, window, failing, broker, kill);
      await fc.assert(
        fc.asyncProperty(steps, beginning, async (happens, begun) => {
          for (const { on, number, atMs, onForMs } of await live(happens, begun)) {
            const longestOnMs = 1_000 * Math.max(begun.heater.on, begun.cooler.on);
            if (on === "nothing" || onForMs < longestOnMs) continue;
            expect(number).toBeDefined();
            expect(atMs - (number?.atMs ?? 0)).toBeLessThanOrEqual(staleMs + lookMs);
          }
        }),
        often,
      );
    },
    patience,
  );

  it(
    "begins nothing but by a reading that is good, and what the mode and the temperature ask for",
    async () => {
      const steps = life(any, wish, wishInDoubt, wishInDoubt, window, broker, kill);
      await fc.assert(
        fc.asyncProperty(steps, beginning, async (happens, begun) => {
          for (const { change, last, mode, target, on } of await live(happens, begun)) {
            if (change?.level !== 1) continue;
            expect(on).toBe(change.pin === heaterPin ? "heater" : "cooler");
            expect(mode).toMatch(change.pin === heaterPin ? /^heat/ : /cool$/);
            expect(typeof last?.outcome).toBe("number");
            const missing = (target - Number(last?.outcome)) * (change.pin === heaterPin ? 1 : -1);
            expect(missing).toBeGreaterThan(0);
          }
        }),
        often,
      );
    },
    patience,
  );

  it(
    "never has the heater and the cooler on",
    async () => {
      await fc.assert(
        fc.asyncProperty(life(good, swing, wish, window, failing, kill), beginning, async (happens, begun) => {
          for (const { on } of await live(happens, begun)) expect(on).not.toBe("both");
        }),
        often,
      );
    },
    patience,
  );

  it(
    "has both on for a second at the most after somebody else switched one on, but for the shortest times",
    async () => {
      await fc.assert(
        fc.asyncProperty(life(good, meddling, meddling), beginning, async (happens, begun) => {
          // What somebody else orders may wait for the shortest time off, and then stays on for the shortest time on.
          const { heater, cooler } = begun;
          const longestMs = 1_000 * Math.max(heater.off + heater.on, cooler.off + cooler.on);
          for (const { on, sinceMeddlingMs } of await live(happens, begun))
            if (sinceMeddlingMs > 1_000 + longestMs) expect(on).not.toBe("both");
        }),
        often,
      );
    },
    patience,
  );

  it(
    "switches nothing within the band",
    async () => {
      await fc.assert(
        fc.asyncProperty(life(good), async (happens) => {
          for (const { change, last, target } of await live(happens, plain)) {
            if (change === undefined) continue;
            const away = (Number(last?.outcome) - target) * (change.pin === coolerPin ? 1 : -1);
            if (change.level === 1) expect(away).toBeGreaterThanOrEqual(hysteresis - 1e-9);
            else expect(away).toBeLessThanOrEqual(0);
          }
        }),
        often,
      );
    },
    patience,
  );

  it(
    "does the same at the same time where there is never a broker",
    async () => {
      const changes = (moments: readonly Moment[]) =>
        moments.filter(({ change }) => change !== undefined).map(({ change, atMs }) => ({ ...change, atMs }));
      await fc.assert(
        fc.asyncProperty(life(any, any, kill), beginning, async (happens, begun) => {
          const alone = await live(happens, { ...begun, isAlone: true });
          expect(changes(alone)).toEqual(changes(await live(happens, { ...begun, isAlone: false })));
        }),
        often,
      );
    },
    patience,
  );
});
