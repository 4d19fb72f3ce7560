import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { happenings, life, plain } from "../../fakes/homes/warm-happenings.ts";
import { staleMs } from "../../fakes/homes/warm-house.ts";
import { type Beginning, live, type Moment, presets } from "../../fakes/homes/warm-life.ts";
import { runs } from "../../property-runs.ts";

const { good, any, swing, slowly, frost, wish, preset, broker, window, failing, kill } = happenings;

const often = { numRuns: runs(25) };
/** Lives take long on a machine that has much to do. */
const patience = 120_000;

const withOptions = (...options: readonly string[]): fc.Arbitrary<Beginning> =>
  fc.record({
    ...Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, fc.constant(value)])),
    others: fc.constantFrom(0, 6),
    thermostat: fc.constantFrom(...options),
  }) as fc.Arbitrary<Beginning>;

/** Whether a number is known that is good, as far as a test can know. */
const isSure = ({ last, atMs, isBusStuck }: Moment) =>
  typeof last?.outcome === "number" && atMs - last.atMs <= staleMs && !isBusStuck;

describe("a thermostat, whatever happens", () => {
  it(
    "keeps min_off, also over a kill, and min_on but for a reading that is not good",
    async () => {
      const [minOnMs, minOffMs] = [20_000, 30_000];
      const times = "min_on: 20s, min_off: 30s";
      const begun = withOptions(
        times,
        `${times}, window: window, window_delay: 5s, fan: fan`,
        `${times}, control: pwm, pwm_period: 1m`,
        `${times}, min_target: 15, frost_protection: 14`,
      );
      const steps = life(any, swing, swing, slowly, wish, window, failing, broker, kill);
      await fc.assert(
        fc.asyncProperty(steps, begun, async (happens, beginning) => {
          for (const moment of await live(happens, beginning)) {
            const { change, onForMs, offForMs, lifeMs } = moment;
            if (change?.level === 1) {
              expect(offForMs).toBeGreaterThanOrEqual(minOffMs);
              expect(lifeMs).toBeGreaterThanOrEqual(minOffMs);
            } else if (change !== undefined && isSure(moment)) expect(onForMs).toBeGreaterThanOrEqual(minOnMs);
          }
        }),
        often,
      );
    },
    patience,
  );

  it(
    "heats below the temperature of its frost protection, in every mode and with an open window",
    async () => {
      const protection = "min_target: 15, frost_protection: 14";
      const begun = withOptions(
        protection,
        `${protection}, window: window, window_delay: 0s`,
        `${protection}, control: pwm, pwm_period: 1m`,
      );
      const steps = life(frost, any, wish, wish, window, failing, broker, kill);
      await fc.assert(
        fc.asyncProperty(steps, begun, async (happens, beginning) => {
          for (const moment of await live(happens, beginning)) {
            const { change, last, on, sinceFailingMs } = moment;
            // An output that has failed is tried again after a minute and a half at the latest.
            if (change !== undefined || !isSure(moment) || sinceFailingMs < 90_000) continue;
            if (Number(last?.outcome) <= 14) expect(on).toBe("heater");
          }
        }),
        often,
      );
    },
    patience,
  );

  it(
    "is off in a pause, and says so",
    async () => {
      const begun = withOptions("window: window, window_delay: 5s", "window: window, window_delay: 5s, control: pwm");
      const steps = life(good, swing, wish, window, window, kill);
      await fc.assert(
        fc.asyncProperty(steps, begun, async (happens, beginning) => {
          for (const { openForMs, on, state, change } of await live(happens, beginning)) {
            if (openForMs === undefined || openForMs < 5_000 || change !== undefined) continue;
            expect(on).toBe("nothing");
            expect(state["paused"]).toBe("window");
          }
        }),
        often,
      );
    },
    patience,
  );

  it(
    "keeps what was chosen over every kill",
    async () => {
      const named = Object.entries(presets).map(([name, target]) => `${name}: ${target}`);
      const begun = withOptions(`presets: {${named.join(", ")}}`);
      await fc.assert(
        fc.asyncProperty(life(good, wish, preset, kill, kill), begun, async (happens, beginning) => {
          for (const { mode, target, preset: chosen, state, change } of await live(happens, beginning)) {
            if (change !== undefined) continue;
            const inForce = chosen === "none" ? target : presets[chosen as keyof typeof presets];
            expect(state).toMatchObject({ mode, preset: chosen, target: inForce });
          }
        }),
        often,
      );
    },
    patience,
  );

  it(
    "says what the pins say, once everything is told",
    async () => {
      const begun = withOptions("", "min_on: 20s, min_off: 30s", "control: pwm, pwm_period: 1m");
      await fc.assert(
        fc.asyncProperty(life(any, swing, wish, failing, kill), begun, async (happens, beginning) => {
          const words = { nothing: /^(idle|off)$/, heater: /^heating$/, cooler: /^cooling$/, both: /^$/ };
          for (const { on, state, change } of await live(happens, beginning))
            if (change === undefined) expect(state["action"]).toMatch(words[on]);
        }),
        often,
      );
    },
    patience,
  );
});
