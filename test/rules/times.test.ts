import { describe, expect, it } from "vitest";
import { FakeClock } from "../fakes/clock.ts";
import { type HouseParts, startHouse } from "../fakes/house.ts";
import { FakeTree } from "../fakes/tree.ts";

const hour = 3_600_000;

/** A house in Berlin with one lamp, and a rule that switches it: how often and when it has fired. */
async function counting(when: string, utc: string, parts: HouseParts & { readonly place?: string } = {}) {
  const clock = new FakeClock({ start: new Date(utc) });
  const { place = "{latitude: 52.52, longitude: 13.405}" } = parts;
  const house = await startHouse(
    `agent: {location: ${place}, time_zone: Europe/Berlin}
devices: {lamp: {kind: relay, topic: lamp, pin: 17}}
rules: {it: {when: ${when}, then: {device: lamp, command: toggle}}}`,
    { clock, ...parts },
  );
  const said = () => house.bus.on("pi2mqtt/test/rules/it").map((text) => JSON.parse(text) as Record<string, unknown>);
  const rule = () => said().at(-1) ?? {};
  const times = () => [...new Set(said().flatMap(({ last_fired }) => (last_fired === null ? [] : [last_fired])))];
  return {
    clock,
    rule,
    fired: () => rule()["fired"],
    /** Lets time pass until this moment. Gives when the rule has fired. */
    async until(end: string) {
      await clock.advance(new Date(end).getTime() - clock.now().getTime());
      return times();
    },
  };
}

describe("a rule fires", () => {
  it("at a time of day, each day, where the house is", async () => {
    const { until } = await counting('{time: "07:30"}', "2026-11-22T12:00:00Z");
    expect(await until("2026-11-25T12:00:00Z")).toEqual([
      "2026-11-23T06:30:00.000Z",
      "2026-11-24T06:30:00.000Z",
      "2026-11-25T06:30:00.000Z",
    ]);
  });

  it("at times as cron has them", async () => {
    const { until } = await counting('{cron: "*/20 8 * * mon"}', "2026-11-22T12:00:00Z");
    expect(await until("2026-11-25T12:00:00Z")).toEqual([
      "2026-11-23T07:00:00.000Z",
      "2026-11-23T07:20:00.000Z",
      "2026-11-23T07:40:00.000Z",
    ]);
  });

  it("at sunset and some time before it", async () => {
    // The sun is highest at 10:52:30 UTC on that day in Berlin; half of the day's 8 h 24 min later it sets.
    const sunset = await counting("{sun: sunset}", "2026-11-22T12:00:00Z");
    const [at] = await sunset.until("2026-11-23T12:00:00Z");
    expect(Math.abs(new Date(String(at)).getTime() - Date.UTC(2026, 10, 22, 15, 4, 30))).toBeLessThan(60_000);
    const before = await counting("{sun: sunset, offset: -15m}", "2026-11-22T12:00:00Z");
    const [earlier] = await before.until("2026-11-23T12:00:00Z");
    expect(new Date(String(at)).getTime() - new Date(String(earlier)).getTime()).toBe(15 * 60_000);
  });

  it("at no sunset while the sun does not set, and again when it does", async () => {
    // In Tromsø the midnight sun lasts from 18 May to 26 July (visittromso.no).
    const place = "{latitude: 69.65, longitude: 18.96}";
    const { rule } = await counting("{sun: sunset}", "2026-06-21T12:00:00Z", { place });
    expect(String(rule()["next"]).slice(0, 10)).toMatch(/^2026-07-2[5-8]$/);
  });

  it("never, at a pole, before the sun sets there in autumn", async () => {
    const place = "{latitude: 90, longitude: 0}";
    const { rule } = await counting("{sun: sunset}", "2026-04-01T12:00:00Z", { place });
    expect(String(rule()["next"]).slice(0, 7)).toMatch(/^2026-09|null$/);
  });

  it("says when it fires next", async () => {
    const { rule } = await counting('{time: "07:30"}', "2026-11-22T12:00:00Z");
    expect(rule()).toMatchObject({ next: "2026-11-23T06:30:00.000Z", last_fired: null });
  });
});

describe("when the clocks change", () => {
  it("a time that is left out in spring comes once, after the gap", async () => {
    // In Berlin 02:00 becomes 03:00 on 29 March 2026, which is 01:00 UTC.
    const { until } = await counting('{time: "02:30"}', "2026-03-28T12:00:00Z");
    expect(await until("2026-03-30T12:00:00Z")).toEqual(["2026-03-29T01:00:00.000Z", "2026-03-30T00:30:00.000Z"]);
  });

  it("a time that comes twice in autumn counts once, the first time", async () => {
    // In Berlin 03:00 becomes 02:00 on 25 October 2026, which is 01:00 UTC.
    const { until } = await counting('{time: "02:30"}', "2026-10-24T12:00:00Z");
    expect(await until("2026-10-26T12:00:00Z")).toEqual(["2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z"]);
  });
});

describe("when somebody sets the clock", () => {
  it("forward, a time that is left out comes once", async () => {
    const { clock, fired } = await counting('{time: "18:30"}', "2026-11-22T17:00:00Z");
    clock.setTime(new Date("2026-11-22T20:00:00Z"));
    await clock.advance(60_000);
    expect(fired()).toBe(1);
    await clock.advance(20 * hour);
    expect(fired()).toBe(1);
    await clock.advance(4 * hour);
    expect(fired()).toBe(2);
  });

  it("forward by days, it comes once all the same", async () => {
    const { clock, fired } = await counting('{time: "18:30"}', "2026-11-22T17:00:00Z");
    clock.setTime(new Date("2026-11-26T20:00:00Z"));
    await clock.advance(60_000);
    expect(fired()).toBe(1);
  });

  it("back, a time that comes for the second time counts once", async () => {
    const { clock, fired } = await counting('{time: "18:30"}', "2026-11-22T17:00:00Z");
    await clock.advance(hour);
    expect(fired()).toBe(1);
    clock.setTime(new Date("2026-11-22T17:00:00Z"));
    await clock.advance(2 * hour);
    expect(fired()).toBe(1);
    await clock.advance(24 * hour);
    expect(fired()).toBe(2);
  });

  it("back by more than a day, what it showed before was wrong", async () => {
    const { clock, fired } = await counting('{time: "18:30"}', "2026-11-26T18:00:00Z");
    clock.setTime(new Date("2026-11-22T17:00:00Z"));
    await clock.advance(hour);
    expect(fired()).toBe(1);
  });
});

describe("without a clock that is known", () => {
  it("nothing fires until the time has come, and what was due before is left out", async () => {
    // A machine without a battery starts with the time at which it was switched off, and gets the right one later.
    const timesyncd = { "/run/systemd/timesync/folder": "" };
    const files = new FakeTree(timesyncd);
    const { clock, fired, rule } = await counting('{time: "18:30"}', "2026-11-22T17:25:00Z", {
      files,
    });
    await clock.advance(8 * 60_000);
    expect([fired(), rule()["next"]]).toEqual([0, null]);
    clock.setTime(new Date("2026-11-22T20:00:00Z"));
    await clock.advance(2 * 60_000);
    expect([fired(), rule()["next"]]).toEqual([0, "2026-11-23T17:30:00.000Z"]);
    await clock.advance(21.5 * hour);
    expect(fired()).toBe(1);
  });
});
