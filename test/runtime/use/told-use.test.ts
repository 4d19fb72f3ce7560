import { describe, expect, it } from "vitest";
import { settled } from "../../fakes/clock.ts";
import { startHouse } from "../../fakes/house.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";
import { health, minute, relay, saved, start, stop, use } from "./use-bench.ts";

describe("publishing the use", () => {
  it("is left out where nobody asked for it, but the health has how often each output was switched", async () => {
    const house = await start(relay("max_on: 1h"));
    house.bus.receive("pump", "on");
    await house.clock.advance(saved + minute);
    expect(house.bus.published.filter(({ topic }) => topic.endsWith("/use"))).toEqual([]);
    expect(health(house)).toMatchObject({
      switchings: { pump: 1 },
      worn: {},
    });
  });

  it("says soon who switched, though the totals wait for the disk", async () => {
    const house = await start(relay("show_use: true"));
    house.bus.receive("pump", "on");
    await house.clock.advance(6_000);
    expect(use(house)).toMatchObject({ switchings: 0, last_by: "mqtt", last_switched: "2026-11-22T17:00:00.000Z" });
  });

  it("takes one message a minute at most, however often the output is switched", async () => {
    const house = await start(relay("show_use: true"));
    const before = house.bus.published.length;
    for (let times = 0; times < 600; times += 1) {
      house.bus.receive("pump", "toggle");
      await house.clock.advance(1_000);
    }
    const told = house.bus.published.slice(before).filter(({ topic }) => topic === "pump/use");
    expect(told.length).toBeGreaterThanOrEqual(9);
    expect(told.length).toBeLessThanOrEqual(11);
  });

  it("says everything again to a broker that forgot it", async () => {
    const house = await start(relay("show_use: true"));
    house.bus.receive("pump", "on");
    await house.clock.advance(saved + minute);
    const before = house.bus.retained.get("pump/use");
    expect(before).toContain('"switchings":1');
    house.bus.disconnect({ forget: true });
    house.bus.connect();
    await settled();
    expect(house.bus.retained.get("pump/use")).toBe(before);
  });

  it("has totals that are on the disk only, and goes on where the disk takes nothing", async () => {
    const stateFile = new FakeStateFile();
    const house = await start(relay("show_use: true"), { stateFile });
    stateFile.disk = () => Promise.reject(new Error("disk full"));
    house.bus.receive("pump", "on");
    await house.clock.advance(40 * minute);
    expect(use(house)).toMatchObject({ switchings: 0, hours_on: 0, last_by: "mqtt" });
    stateFile.disk = async () => {};
    await house.clock.advance(saved);
    expect(use(house)).toMatchObject({ switchings: 1 });
    expect(use(house).hours_on).toBeGreaterThan(0.5);
  });

  it("needs no state file: without one nothing is kept, and nothing waits for the disk", async () => {
    const house = await startHouse(relay("show_use: true"));
    house.bus.receive("pump", "on");
    await house.clock.advance(saved + minute);
    expect(use(house)).toMatchObject({ switchings: 1, hours_on: 0.25 });
  });
});

describe("the rated cycles of a relay", () => {
  it("are compared without an error of computation: 99 is 90 % of 110", async () => {
    const house = await start(relay("rated_cycles: 110"));
    for (let times = 0; times < 99; times += 1) for (const word of ["on", "off"]) house.bus.receive("pump", word);
    expect(house.log.at("warn")).toMatchObject([{ switchings: 99 }]);
  });

  it("are warned of once at 90 % and once at 100 %, by the log and in the health", async () => {
    const stateFile = new FakeStateFile();
    const house = await start(relay("rated_cycles: 10"), { stateFile });
    const switchTimes = (times: number) => {
      for (let time = 0; time < times; time += 1) for (const word of ["on", "off"]) house.bus.receive("pump", word);
    };
    const warnings = () => house.log.at("warn").map(({ message, switchings }) => [message, switchings]);
    switchTimes(8);
    expect(warnings()).toEqual([]);
    switchTimes(1);
    expect(warnings()).toEqual([["a relay has done 90 % of its rated cycles", 9]]);
    await house.clock.advance(saved + minute);
    expect(health(house).worn).toEqual({ pump: 90 });
    switchTimes(3);
    expect(warnings()).toEqual([
      ["a relay has done 90 % of its rated cycles", 9],
      ["a relay was switched as often as it is made for", 10],
    ]);
    await house.clock.advance(saved + minute);
    expect(health(house).worn).toEqual({ pump: 120 });
    await stop(house);
    const next = await start(relay("rated_cycles: 10"), { stateFile });
    expect(next.log.at("warn")).toMatchObject([
      { message: "a relay was switched as often as it is made for", switchings: 12, rated_cycles: 10 },
    ]);
  });
});
