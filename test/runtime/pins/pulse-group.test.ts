import { describe, expect, it } from "vitest";
import type { DeviceContext } from "../../../src/core/device.ts";
import type { PulseGroup } from "../../../src/core/device-gpio.ts";
import { pin } from "../../../src/core/pin.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { withPinFaults } from "../../../src/simulation/pin-faults.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { startHouse } from "../../fakes/house.ts";
import { probe } from "../../fakes/probe.ts";

type Name = "warm" | "cold";
type Driven = [warm: number, cold: number, isOn: boolean, cause: string | undefined];

const both = { warm: 0.5, cold: 0.25 };
const none = { warm: 0, cold: 0 };

/** A device with two pulse trains, and all that it was told of them. */
async function twoTrains(options = "", initial: Record<Name, number> = { warm: 0, cold: 0 }) {
  const pins = simulatedBank();
  const bank = withPinFaults(pins);
  const told: Driven[] = [];
  let group: PulseGroup<Name> | undefined;
  const kind = probe({
    options: {
      warm_pin: pin("Warm.", "pwm"),
      cold_pin: pin("Cold.", "pwm", { activeLow: true }),
    },
    setup: async ({ warm_pin, cold_pin }, context: DeviceContext<unknown>) => {
      group = await context.gpio.pwmGroup<Name>(
        { warm: warm_pin as number, cold: cold_pin as number },
        {
          frequencyHz: 100,
          initial,
          onPowers: ({ warm, cold }, isOn, cause) => {
            told.push([warm, cold, isOn, cause]);
            context.report(isOn ? "on" : "off");
          },
        },
      );
      return { command: () => group?.set(wanted) };
    },
  });
  let wanted = none;
  const clock = new FakeClock();
  const house = await startHouse(`devices:\n  it: {kind: probe, topic: it, warm_pin: 12, cold_pin: 13${options}}\n`, {
    pins,
    bank,
    clock,
    kinds: [kind],
  });
  return {
    ...house,
    pins,
    bank,
    told,
    /** Sets the powers by a command, so that a failure is the device's. */
    order: (powers: Record<Name, number>) => {
      wanted = powers;
      house.bus.receive("it", "go");
    },
    group: () => group as PulseGroup<Name>,
    duties: () => [pins.duty(12), pins.duty(13)],
    isOnline: () => house.bus.retained.get("it/availability") === "online",
  };
}

describe("a group of pulse trains", () => {
  it("drives all of its pins, each with its polarity, before it tells of it", async () => {
    const { group, duties, told } = await twoTrains();
    expect(duties()).toEqual([0, 1]);
    group().set(both, "test");
    expect(duties()).toEqual([0.5, 0.75]);
    expect(told).toEqual([
      [0, 0, false, "initial"],
      [0.5, 0.25, true, "test"],
    ]);
  });

  it("has its initial powers from the first instant", async () => {
    const { duties, told } = await twoTrains("", both);
    expect(duties()).toEqual([0.5, 0.75]);
    expect(told).toEqual([[0.5, 0.25, true, "initial"]]);
  });

  it("goes to rest as a whole when the device stops", async () => {
    const { agent, group, duties, told } = await twoTrains();
    group().set(both);
    await agent.stop();
    expect(duties()).toEqual([0, 1]);
    expect(told.slice(2)).toEqual([[0, 0, false, "on_exit"]]);
    group().set(both);
    group().adjust(both);
    expect(duties()).toEqual([0, 1]);
  });

  it("is on for its limits while one train is on, and is ended as a whole", async () => {
    const { group, duties, clock, told } = await twoTrains(", max_on: 10s");
    group().set({ warm: 1, cold: 0 });
    await clock.advance(5_000);
    group().set({ warm: 0, cold: 1 });
    await clock.advance(4_999);
    expect(duties()).toEqual([0, 0]);
    await clock.advance(1);
    expect(duties()).toEqual([0, 1]);
    expect(told.at(-1)).toEqual([0, 0, false, "max_on"]);
  });

  it("stays on for its limits while it is adjusted, also to nothing, and a wait goes on", async () => {
    const { group, duties, clock, told } = await twoTrains(", min_on: 10s, max_on: 20s");
    group().set(both);
    await clock.advance(1_000);
    group().set(none);
    group().adjust(none, "dark");
    expect([duties(), told.at(-1)]).toEqual([
      [0, 1],
      [0, 0, true, "dark"],
    ]);
    group().adjust({ warm: 1, cold: 1 });
    await clock.advance(8_999);
    expect(duties()).toEqual([1, 0]);
    await clock.advance(1);
    expect([duties(), told.at(-1)]).toEqual([
      [0, 1],
      [0, 0, false, "min_on"],
    ]);
  });

  it("is not adjusted while it is off", async () => {
    const { group, duties, told } = await twoTrains();
    group().adjust(both);
    expect([duties(), told.length]).toEqual([[0, 1], 1]);
  });

  it("waits as a whole, and only its newest powers", async () => {
    const { group, duties, clock } = await twoTrains(", min_off: 10s", both);
    expect(duties()).toEqual([0, 1]);
    group().set({ warm: 1, cold: 0.5 });
    await clock.advance(9_999);
    expect(duties()).toEqual([0, 1]);
    await clock.advance(1);
    expect(duties()).toEqual([1, 0.5]);
  });

  it.each([
    [12, 13, 1],
    [13, 12, 0],
  ])("goes to rest as a whole where pin %i cannot be driven, and says nothing false", async (broken, other, off) => {
    const { bus, bank, pins, order, told, isOnline } = await twoTrains();
    order(both);
    bank.setFault(broken, "EIO");
    const before = told.length;
    order({ warm: 1, cold: 1 });
    expect([isOnline(), told.length, bus.retained.get("it/state")]).toEqual([false, before, "on"]);
    expect(pins.duty(other)).toBe(off);
  });

  it.each([12, 13])("is switched off as far as it can be where pin %i cannot be driven", async (broken) => {
    const { bank, clock, duties, order, isOnline } = await twoTrains();
    order(both);
    bank.setFault(broken, "EIO");
    order(none);
    expect([isOnline(), duties()]).toEqual([false, broken === 12 ? [0.5, 1] : [0, 0.75]]);
    bank.setFault(broken, undefined);
    await clock.advance(60_000);
    expect([isOnline(), duties()]).toEqual([true, [0, 1]]);
  });

  it("cannot begin without one of its pins, and leaves the others at rest", async () => {
    const { bank, clock, duties, order, isOnline, told } = await twoTrains("", both);
    bank.setFault(13, "EIO");
    order(none);
    const before = told.length;
    await clock.advance(60_000);
    expect([isOnline(), duties()[0], told.length]).toEqual([false, 0, before]);
  });
});
