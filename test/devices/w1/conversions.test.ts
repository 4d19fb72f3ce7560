import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../../fakes/clock.ts";
import { type House, startHouse } from "../../fakes/house.ts";
import { FakeW1 } from "../../fakes/w1.ts";
import { runs } from "../../property-runs.ts";

const addressOf = (index: number) => `28-00000000000${index}`;

/** A house with a thermometer for each of these intervals, in seconds, all on one bus. They get a tenth of a degree warmer each second. */
async function houseOf(intervals: readonly number[], prepare: (bus: FakeW1) => unknown = () => {}) {
  const clock = new FakeClock();
  const bus = new FakeW1(clock);
  for (const index of intervals.keys()) bus.plugIn(addressOf(index), (seconds) => 1 + seconds / 10);
  prepare(bus);
  const devices = intervals.map(
    (everyS, index) =>
      `  t${index}: {kind: ds18b20, topic: t${index}, address: ${addressOf(index)}, every: ${everyS}s}\n`,
  );
  return { bus, clock, house: await startHouse(`devices:\n${devices.join("")}`, { clock, files: bus }) };
}

/** How old each value was when it was published, in seconds. What is said again to a new listener counts once. */
function ages({ bus }: House, clock: FakeClock): number[] {
  const startMs = clock.now().getTime() - clock.monotonicMs();
  const readings = bus.published
    .filter(({ topic }) => /^t\d$/.test(topic))
    .map(({ topic, payload }) => `${topic} ${payload}`);
  return [...new Set(readings)].map((reading) => {
    const { ts, temperature } = JSON.parse(reading.slice(3)) as { ts: string; temperature: number };
    return (new Date(ts).getTime() - startMs) / 1000 - (temperature - 1) * 10;
  });
}

describe("thermometers on one 1-Wire bus", () => {
  it("share one conversion where this user may start one for all", async () => {
    const { bus, clock, house } = await houseOf([10, 10, 10, 10]);
    await clock.advance(9_000);
    expect(bus.conversions).toEqual(["w1_bus_master1"]);
    await clock.advance(10_000);
    expect(bus.conversions).toEqual(["w1_bus_master1", "w1_bus_master1"]);
    expect(ages(house, clock)).toHaveLength(8);
  });

  it("convert one after the other where it belongs to root, and nobody is told", async () => {
    const { bus, clock, house } = await houseOf([10, 10, 10], (one) => one.readOnly.add(one.bulkFile()));
    await clock.advance(9_000);
    expect(bus.conversions).toEqual([addressOf(0), addressOf(1), addressOf(2)]);
    expect(house.log.at("warn")).toEqual([]);
  });

  it("convert one after the other where the driver makes no conversion for all", async () => {
    const { bus, clock, house } = await houseOf([10, 10], (one) => {
      one.hasOtherParts = true;
    });
    await clock.advance(9_000);
    expect(bus.conversions).toEqual([addressOf(0), addressOf(1)]);
    expect(ages(house, clock)).toHaveLength(2);
  });

  it("starts no conversion for all for a single one", async () => {
    const { bus, clock } = await houseOf([10]);
    await clock.advance(9_000);
    expect(bus.conversions).toEqual([addressOf(0)]);
  });

  it("leaves those of another bus alone", async () => {
    const { bus, clock } = await houseOf([10, 10], (one) => one.plugIn("28-0000000000ff", () => 20, "w1_bus_master2"));
    await clock.advance(9_000);
    expect(bus.conversions).toEqual(["w1_bus_master1"]);
  });

  it("does not publish what another program had converted before this one began", async () => {
    const { clock, house } = await houseOf([60], async (one) => void one.convertAll());
    await clock.advance(50_000);
    expect(Math.max(...ages(house, clock))).toBeLessThan(0.1);
  });

  it("never publishes an old value, whatever the intervals, and whenever conversions for all are allowed and forbidden", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(2, 3, 5, 7, 20), { minLength: 1, maxLength: 4 }),
        fc.array(fc.tuple(fc.integer({ min: 500, max: 20_000 }), fc.constantFrom("allow", "forbid", "other parts")), {
          maxLength: 6,
        }),
        async (intervals, changes) => {
          const { bus, clock, house } = await houseOf(intervals);
          for (const [afterMs, change] of changes) {
            await clock.advance(afterMs);
            bus.hasOtherParts = change === "other parts";
            if (change === "forbid") bus.readOnly.add(bus.bulkFile());
            else bus.readOnly.delete(bus.bulkFile());
          }
          await clock.advance(21_000);
          const all = ages(house, clock);
          expect(all.length).toBeGreaterThanOrEqual(intervals.length);
          expect(Math.max(...all)).toBeLessThan(2.2);
          await house.agent.stop();
        },
      ),
      { numRuns: runs(20) },
    );
  });
});
