import { describe, expect, it } from "vitest";
import { type Control, type Demand, twoPoint } from "../../../src/core/climate/demand.ts";
import { Share } from "../../../src/core/climate/share.ts";
import { SlowPulses } from "../../../src/core/climate/slow-pulses.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { heating, type WarmFurniture, warmHouse } from "../../fakes/homes/warm-house.ts";

const minute = 60_000;

describe("the share of a PI controller", () => {
  it.each([
    // Of a band of 2 °C each degree is a half.
    [2, 1],
    [1, 0.5],
    [0.5, 0.25],
    [0, 0],
    [-1, 0],
    [7, 1],
  ])("is, with %s °C missing and nothing added up, %s", (missing, share) => {
    expect(new Share({ proportionalBand: 2 }).next(missing, 15 * minute)).toBe(share);
  });

  it("grows in the integral time by as much as it gives at once", () => {
    const share = new Share({ proportionalBand: 2, integralMs: 60 * minute });
    // 0.25 at once; each quarter of an hour a quarter of that more.
    const seen = [1, 2, 3, 4].map(() => share.next(0.5, 15 * minute));
    expect(seen).toEqual([0.3125, 0.375, 0.4375, 0.5]);
    // At the target what was added up stays.
    expect([share.next(0, 15 * minute), share.next(0, 15 * minute)]).toEqual([0.25, 0.25]);
    // Above it 0.125 at once and a quarter of that for ever.
    expect(share.next(-0.25, 15 * minute)).toBe(0.09375);
  });

  it("adds nothing up while it is all the time on anyway, nor while it is off", () => {
    const share = new Share({ proportionalBand: 2, integralMs: 60 * minute });
    for (let count = 0; count < 100; count += 1) share.next(5, 15 * minute);
    expect(share.next(0, 15 * minute)).toBe(0);
    for (let count = 0; count < 100; count += 1) share.next(-5, 15 * minute);
    expect(share.next(1, 0)).toBe(0.5);
  });
});

const pwm = "heater: heater, mode: heat, control: pwm, pwm_period: 10m, proportional_band: 2";

/** For how many seconds the heater is on in this time, to ten seconds. */
async function watched({ clock, on }: Awaited<ReturnType<typeof heating>>, ms: number) {
  let seconds = 0;
  for (let passed = 0; passed < ms; passed += 10_000) {
    await clock.advance(10_000);
    seconds += on() === "heater" ? 10 : 0;
  }
  return seconds;
}

const pulsing = (parts: WarmFurniture = {}) => heating({ thermostat: pwm, ...parts });

describe("a thermostat with pwm", () => {
  it.each([
    // A pulse of less than a twentieth of the ten minutes is left out, and so is such a pause.
    [20.1, 0],
    [20, 0],
    [19.95, 0],
    [19.9, 30],
    [19.5, 150],
    [19, 300],
    [18.5, 450],
    [18.1, 570],
    [18.05, 600],
    [18, 600],
    [15, 600],
  ])("is on at %s °C for %s s of ten minutes", async (temperature, seconds) => {
    const house = await pulsing({ first: temperature });
    expect(await watched(house, 10 * minute)).toBe(seconds);
    expect(house.state()["duty"]).toBe(Math.round(seconds / 6));
  });

  it("is heating while the pulse is on, and idle in between", async () => {
    const { clock, state, on } = await pulsing();
    expect([on(), state()]).toMatchObject(["heater", { action: "heating", duty: 50 }]);
    // It was read first half a second after the start, and a second has passed.
    await clock.advance(5 * minute - 501);
    expect(on()).toBe("heater");
    await clock.advance(1);
    expect([on(), state()]).toMatchObject(["nothing", { action: "idle", duty: 50 }]);
    await clock.advance(5 * minute);
    expect([on(), state()]).toMatchObject(["heater", { action: "heating", duty: 50 }]);
  });

  it("leaves out pulses that are shorter than min_on, and pauses that are shorter than min_off", async () => {
    const thermostat = `${pwm}, min_on: 3m, min_off: 4m`;
    const seconds: number[] = [];
    for (const first of [19.45, 19.4, 18.9, 18.8, 18.75]) {
      const house = await pulsing({ first, thermostat });
      // Until then the start's min_off and the first pulse are over.
      await house.clock.advance(20 * minute - 1_000);
      seconds.push(await watched(house, 10 * minute));
    }
    expect(seconds).toEqual([0, 180, 330, 360, 600]);
  });

  it("follows another target and another mode at once", async () => {
    const { bus, on, state, clock } = await pulsing();
    await clock.advance(6 * minute);
    expect(on()).toBe("nothing");
    bus.receive("it/target/set", "21");
    expect([on(), state()["duty"]]).toEqual(["heater", 100]);
    bus.receive("it/target/set", "19");
    expect([on(), state()["duty"]]).toEqual(["nothing", 0]);
    bus.receive("it/target/set", "21");
    bus.receive("it", "off");
    expect([on(), state()]).toMatchObject(["nothing", { action: "off", duty: 0 }]);
  });

  it("is not on for longer where its target changes again and again", async () => {
    const house = await pulsing();
    let seconds = 0;
    for (let count = 0; count < 60; count += 1) {
      house.bus.receive("it/target/set", count % 2 === 0 ? "20.1" : "20");
      seconds += await watched(house, 10_000);
    }
    expect(seconds).toBeGreaterThanOrEqual(300 - 10);
    expect(seconds).toBeLessThanOrEqual(330 + 10);
  });

  it("goes off in a pulse when there is no good reading any more", async () => {
    const { on, read } = await pulsing();
    await read("null");
    expect(on()).toBe("nothing");
    await read(19);
    expect(on()).toBe("heater");
  });

  it("cools by shares too", async () => {
    const thermostat = "heater: heater, cooler: cooler, mode: heat_cool, control: pwm, pwm_period: 10m";
    const { clock, on } = await warmHouse({ thermostat, first: 21 });
    await clock.advance(5 * minute);
    expect(on()).toBe("cooler");
    await clock.advance(1_000);
    expect(on()).toBe("nothing");
  });
});

/** A room that loses warmth to 0 °C outside, heated by a floor that is slow. Returns what it had each minute. */
function heatedRoom(make: (clock: FakeClock) => Control, hours: number): readonly number[] {
  const clock = new FakeClock();
  const control = make(clock);
  let [floor, room] = [15, 15];
  let demand: Demand = "idle";
  return Array.from({ length: hours * 60 }, () => {
    // The floor follows its water in 40 minutes, the room the floor in 2 hours and the cold in 6.
    const water = demand === "raise" ? 45 : room;
    floor += (water - floor) / 40;
    room += (floor - room) / 120 - room / 360;
    clock.stall(minute);
    demand = control.decide(Number(room.toFixed(1)), { raise: 20 }, demand);
    return room;
  });
}

describe("a room with a slow floor", () => {
  const pulses = { periodMs: 15 * minute, shortestPulseMs: minute, shortestPauseMs: minute, proportionalBand: 4 };
  const last = (temperatures: readonly number[], hours: number) => {
    const some = temperatures.slice(-60 * hours);
    return { lowest: Math.min(...some), highest: Math.max(...some) };
  };

  it("settles within a quarter of a degree of the target by pwm with an integral time", () => {
    const make = (clock: FakeClock) => new SlowPulses({ ...pulses, integralMs: 4 * 60 * minute }, clock);
    const { lowest, highest } = last(heatedRoom(make, 48), 24);
    expect(lowest).toBeGreaterThan(19.75);
    expect(highest).toBeLessThan(20.25);
  });

  it("stays below the target, within the band, by pwm without one", () => {
    const { lowest, highest } = last(
      heatedRoom((clock) => new SlowPulses(pulses, clock), 48),
      24,
    );
    expect(lowest).toBeGreaterThan(16);
    expect(highest).toBeLessThan(19.9);
    expect(highest - lowest).toBeLessThan(0.3);
  });

  it("swings farther by two_point", () => {
    const { lowest, highest } = last(
      heatedRoom(() => twoPoint(0.5), 48),
      24,
    );
    expect(highest - lowest).toBeGreaterThan(0.5);
  });
});
