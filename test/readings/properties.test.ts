import fc from "fast-check";
import { expect, it } from "vitest";
import { longestGapMs } from "../../src/core/filters/chain.ts";
import { chainOf } from "../fakes/filtered.ts";
import { type Given, settable } from "../fakes/settable-sensor.ts";
import { runs } from "../property-runs.ts";

/** Filters that keep values between those that they got: a mean, a window, a gate. */
const keeping = fc.oneof(
  fc.record({ min: windows() }),
  fc.record({ max: windows() }),
  fc.record({ median: windows() }),
  fc.record({ quantile: windows() }),
  fc.record({ sliding_window_moving_average: windows() }),
  fc.constantFrom(
    { exponential_moving_average: { alpha: 0.3, send_every: 2 } },
    { delta: 3 },
    { delta: "10%" },
    { throttle: "25s" },
    { throttle_average: "35s" },
    { heartbeat: "25s" },
    { heartbeat: { period: "45s", optimistic: true } },
    { debounce: "3s" },
    { debounce: "15s" },
    { timeout: { timeout: "25s", value: "last" } },
    { timeout: "25s" },
    { skip_initial: 2 },
    { filter_out: 21 },
    { round: 0 },
  ),
);

function windows() {
  return fc.record({ window_size: fc.integer({ min: 1, max: 6 }), send_every: fc.integer({ min: 1, max: 4 }) });
}

/** What the chain ends with, and what may come out of it then, if the sensor gives whole numbers from `low` to `high`. */
const ends = fc.constantFrom(
  { filters: [], low: 10, high: 40 },
  { filters: [{ clamp: { min_value: 15, max_value: 30 } }], low: 15, high: 30 },
  { filters: [{ offset: 5 }], low: 15, high: 45 },
  { filters: [{ map_linear: ["10 -> 0", "40 -> 60"] }], low: 0, high: 60 },
  { filters: [{ lookup: ["0 -> 1", "20 -> 7"] }], low: 1, high: 7 },
);

/** What a sensor gives: plausible values of 10 to 40, values that are not, failures. */
const given = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 10, max: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(5, 50, -100, Number.NaN) },
  { weight: 1, arbitrary: fc.constant("fails" as const) },
);

const toGiven = (value: number | "fails"): Given => (value === "fails" ? value : { temperature: value });

it("says nothing that its filters cannot mean, no time that goes back, and leaves no timer, whatever a sensor gives", async () => {
  const chains = fc.array(keeping, { maxLength: 3 });
  const options = fc.record({ quality: fc.boolean(), publish: fc.constantFrom("always", "on_change") });
  await fc.assert(
    fc.asyncProperty(chains, ends, options, fc.array(given, { maxLength: 25 }), async (chain, end, more, values) => {
      const filters = [...chain, ...end.filters];
      // JSON is YAML, too.
      const written = JSON.stringify({ kind: "thermometer", range: [10, 40], filters, ...more }).slice(1, -1);
      const house = await settable(written, { temperature: 20 });
      for (const value of values) await house.read(toGiven(value));
      for (const { temperature } of house.said()) {
        if (temperature === null) continue;
        expect(temperature).toBeGreaterThanOrEqual(end.low);
        expect(temperature).toBeLessThanOrEqual(end.high);
      }
      const times = house.times();
      expect(times).toEqual([...times].sort());
      await house.agent.stop();
      expect(house.clock.pending).toBe(0);
    }),
    { numRuns: runs(60) },
  );
});

it("is never silent for longer than expire_after counts on, while the sensor gives something new each time", async () => {
  const speaking = fc.array(
    keeping.filter((one) => !("delta" in one || "filter_out" in one)),
    { maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(speaking, fc.boolean(), async (chain, isOnChange) => {
      const filters = JSON.stringify(chain);
      const gapMs = longestGapMs(chainOf(filters), 10_000);
      fc.pre(gapMs < 500_000);
      const options = `kind: thermometer, filters: ${filters}${isOnChange ? ", publish: on_change, heartbeat: 1m" : ""}`;
      const { clock, set, bus } = await settable(options, { temperature: 20 });
      const expireMs = (isOnChange ? 70_000 : gapMs) * 3 + 5_000;
      let saidAtMs = Number.POSITIVE_INFINITY;
      let count = 0;
      for (let step = 0; step < 150; step += 1) {
        set({ temperature: 20 + (step % 7) });
        await clock.advance(10_000);
        // Home Assistant counts from the first value on.
        if (bus.on("it").length > count) saidAtMs = clock.monotonicMs();
        count = bus.on("it").length;
        expect(clock.monotonicMs() - saidAtMs).toBeLessThan(expireMs);
      }
      expect(count).toBeGreaterThan(0);
    }),
    { numRuns: runs(25) },
  );
});
