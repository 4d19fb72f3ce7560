import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { DeviceKind } from "../../src/core/kind.ts";
import { link } from "../../src/core/link.ts";
import { pin, pins } from "../../src/core/pin.ts";
import { mechanism } from "../../src/core/simulation/pretended-inputs.ts";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { simulatedWorld } from "../../src/simulation/simulated-world.ts";
import { FakeClock } from "../fakes/clock.ts";
import { FakeLog } from "../fakes/log.ts";
import { probe } from "../fakes/probe.ts";

const low = { initial: 0, keep: false } as const;

/** A lift that needs ten seconds to the top, where it closes a contact, and falls at once when its motor is off. */
const lift = probe({
  kind: "lift",
  options: {
    motor: pin("The motor.", "output", { activeLow: "upside_down" }),
    top: pin("Closes at the top.", "input", { activeLow: true, pull: "up" }),
    upside_down: z.boolean().default(false),
  },
  pretend: {
    mechanism: () =>
      mechanism<number>({
        start: 0,
        step: (height, { motor }, ms) => (motor === 1 ? Math.min(10_000, height + ms) : 0),
        inputs: (height) => ({ top: height === 10_000 }),
        nextMs: (height, { motor }) => (motor === 1 && height < 10_000 ? 10_000 - height : undefined),
      }),
  },
});

/** A door that each pulse opens or closes. */
const door = probe({
  kind: "door",
  options: { button: pin("The button.", "output"), open: pin("Closes where the door is open.", "input") },
  pretend: {
    mechanism: () =>
      mechanism<{ isOpen: boolean; wasOn: boolean }>({
        start: { isOpen: false, wasOn: false },
        step: ({ isOpen, wasOn }, { button }) => ({ isOpen: isOpen !== (button === 1 && !wasOn), wasOn: button === 1 }),
        inputs: ({ isOpen }) => ({ open: isOpen }),
        nextMs: () => undefined,
      }),
  },
});

/** A bell that somebody rings each minute, for a second. */
const bell = probe({
  kind: "bell",
  options: { button: pin("The button.", "input", { activeLow: true }) },
  pretend: {
    routine: () => [
      { afterMs: 59_000, inputs: { button: true } },
      { afterMs: 1_000, inputs: { button: false } },
    ],
  },
});

const room = probe({
  kind: "room",
  measures: { warmth: { digits: 1, range: [-40, 80] } },
  pretend: { values: { warmth: { middle: 20, swing: 0, periodMs: 1_000 } } },
});
const stove = probe({ kind: "stove", options: { pin: pin("The pin.", "output") } });
const dimmer = probe({ kind: "dimmer", options: { pin: pin("The pin.", "pwm", { activeLow: true }) } });

/** Warms a room by what it links, and by a pin of its own. */
const warmer = probe({
  kind: "warmer",
  options: {
    heater: link("The heater.", "on_off").optional(),
    pin: pin("A small heater.", "output").optional(),
    sensor: link("The sensor.", "measure"),
  },
  pretend: {
    effects: [
      { output: "heater", measure: "sensor", by: 10, inMs: 60_000 },
      { output: "pin", measure: "sensor", by: 2, inMs: 1_000 },
    ],
  },
});

/** A world of these devices, each as its kind and its options. */
function worldOf(devices: Readonly<Record<string, readonly [DeviceKind, Record<string, unknown>]>>, routines = false) {
  const clock = new FakeClock();
  const bank = simulatedBank(clock);
  const settings = Object.entries(devices).map(([id, [kind, options]]) => ({ id, kind, topic: id, options }));
  const log = new FakeLog();
  const world = simulatedWorld(settings, bank, { clock, log, routines });
  return { world, clock, bank, log };
}

describe("what outputs move", () => {
  it.each([false, true])("is seen by the inputs at its time, and only then (active low: %s)", async (isUpsideDown) => {
    const { world, clock, bank } = worldOf({ lift: [lift, { motor: 17, top: 5, upside_down: isUpsideDown }] });
    const on = isUpsideDown ? 0 : 1;
    const motor = await world.pins.output(17, { initial: isUpsideDown ? 1 : 0, keep: false });
    expect(bank.level(5)).toBe(1);
    motor.write(on);
    await clock.advance(9_999);
    expect(bank.level(5)).toBe(1);
    await clock.advance(1);
    expect(bank.level(5)).toBe(0);
    expect(clock.pending).toBe(0);
    motor.write(on === 1 ? 0 : 1);
    await clock.advance(0);
    expect(bank.level(5)).toBe(1);
  });

  it("goes on from where it was stopped", async () => {
    const { world, clock, bank } = worldOf({ lift: [lift, { motor: 17, top: 5 }] });
    const motor = await world.pins.output(17, low);
    motor.write(1);
    await clock.advance(6_000);
    motor.write(0);
    motor.write(1);
    await clock.advance(9_999);
    expect(bank.level(5)).toBe(1);
    await clock.advance(1);
    expect(bank.level(5)).toBe(0);
  });

  it("sends no edge while the agent is in the middle of a write", async () => {
    const { world, clock } = worldOf({ door: [door, { button: 17, open: 5 }] });
    const edges: number[] = [];
    await world.pins.input(5, {
      pull: "none",
      debounceMs: 0,
      onEdge: ({ level }) => edges.push(level),
      onError: () => {},
    });
    const button = await world.pins.output(17, low);
    button.write(1);
    expect(edges).toEqual([]);
    await clock.advance(0);
    expect(edges).toEqual([1]);
  });

  it("is set going by each pulse, however long it is", async () => {
    const { world, clock, bank } = worldOf({ door: [door, { button: 17, open: 5 }] });
    const button = await world.pins.output(17, low);
    const states = [];
    for (const ms of [1, 500, 20_000]) {
      button.write(1);
      await clock.advance(ms);
      button.write(0);
      await clock.advance(1_000);
      states.push(bank.level(5));
    }
    expect(states).toEqual([1, 0, 1]);
  });

  it("no longer moves an input that a scenario has driven", async () => {
    const { world, clock, bank } = worldOf({ lift: [lift, { motor: 17, top: 5 }] });
    const motor = await world.pins.output(17, low);
    motor.write(1);
    world.pins.drive(5, 1);
    await clock.advance(20_000);
    expect(bank.level(5)).toBe(1);
  });
});

describe("a mechanism with lists of pins", () => {
  /** Each of its lamps lights one of its eyes. */
  const row = probe({
    kind: "row",
    options: {
      lamps: pins("The lamps.", "output", {}, { min: 2, max: 2 }),
      eyes: pins("The eyes.", "input", {}, { min: 2, max: 2 }),
    },
    pretend: {
      mechanism: () =>
        mechanism<readonly boolean[]>({
          start: [false, false],
          step: (_lit, powers) => [powers["lamps.0"] === 1, powers["lamps.1"] === 1],
          inputs: ([first = false, second = false]) => ({ "eyes.0": first, "eyes.1": second }),
          nextMs: () => undefined,
        }),
    },
  });

  it("knows each pin by its place in the list", async () => {
    const { world, clock, bank } = worldOf({ row: [row, { lamps: [17, "box/3"], eyes: [5, "box/4"] }] });
    const lamp = await world.pins.output("box/3", low);
    lamp.write(1);
    await clock.advance(0);
    expect([bank.level(5), bank.level("box/4")]).toEqual([0, 1]);
  });
});

describe("what outputs do to what is measured", () => {
  const house = { room: [room, {}], stove: [stove, { pin: 17 }], dim: [dimmer, { pin: 18 }] } as const;

  it("comes by and by, and goes as slowly", async () => {
    const { world, clock } = worldOf({ ...house, it: [warmer, { heater: "stove", sensor: "room.warmth" }] });
    const warmth = () => world.room.value("room", "warmth")?.now();
    const heater = await world.pins.output(17, low);
    await clock.advance(600_000);
    expect(warmth()).toBe(20);
    heater.write(1);
    expect(warmth()).toBe(20);
    await clock.advance(60_000);
    expect(warmth()).toBeCloseTo(20 + 10 * (1 - Math.exp(-1)), 9);
    heater.write(0);
    await clock.advance(60_000);
    expect(warmth()).toBeCloseTo(20 + 10 * (1 - Math.exp(-1)) * Math.exp(-1), 9);
    expect(clock.pending).toBe(0);
  });

  it("adds up, and a pulse train counts by its share", async () => {
    const { world, clock } = worldOf({ ...house, it: [warmer, { heater: "dim", pin: 22, sensor: "room" }] });
    const dim = await world.pins.pwm(18, { frequencyHz: 100, duty: 1 });
    const own = await world.pins.output(22, low);
    dim.write(0.25);
    own.write(1);
    await clock.advance(100 * 60_000);
    expect(world.room.value("room", "warmth")?.now()).toBeCloseTo(20 + 7.5 + 2, 9);
  });

  it("does nothing to a value that a scenario has set", async () => {
    const { world, clock } = worldOf({ ...house, it: [warmer, { heater: "stove", sensor: "room.warmth" }] });
    const heater = await world.pins.output(17, low);
    world.room.set("room", "warmth", 15, 0);
    heater.write(1);
    await clock.advance(600_000);
    expect(world.room.value("room", "warmth")?.now()).toBe(15);
  });
});

describe("what happens unasked", () => {
  it("happens again and again until the world stops", async () => {
    const { world, clock, bank, log } = worldOf(
      { bell: [bell, { button: 5 }], door: [door, { button: 17, open: 6 }] },
      true,
    );
    await clock.advance(3 * 60_000);
    // It is not pressed at the start.
    expect(bank.history(5)).toEqual([1, 0, 1, 0, 1, 0, 1]);
    expect(log.lines.map(({ device, button }) => [device, button])).toEqual(
      [true, false, true, false, true, false].map((isPressed) => ["bell", isPressed]),
    );
    world.stop();
    expect(clock.pending).toBe(0);
  });

  it("does not happen where a scenario says what happens", async () => {
    const { clock, bank } = worldOf({ bell: [bell, { button: 5 }] });
    await clock.advance(10 * 60_000);
    expect([bank.history(5), clock.pending]).toEqual([[], 0]);
  });
});
