import { describe, expect, it } from "vitest";
import { type SimulatedBank, simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { type House, startHouse } from "../../fakes/house.ts";
import { Motor, type Name, pinOf, waitMs, yamlOf } from "./motor.ts";

async function motor(more: Partial<Record<Name, string>> = {}): Promise<Motor & { house: House }> {
  const made = new Motor(yamlOf(more));
  await made.start();
  await made.clock.advance(waitMs);
  return made as Motor & { house: House };
}

describe("devices of one interlock group", () => {
  it("are never on together: the one that is on goes off first, says so, and all stay off for a while", async () => {
    const { house, clock, isOn } = await bound();
    house.bus.receive("up", "on");
    expect(isOn("up")).toBe(true);
    house.bus.receive("down", '{"state":"on","id":7}');
    expect([isOn("up"), isOn("down"), house.bus.retained.get("up/state")]).toEqual([false, false, "OFF"]);
    expect(JSON.parse(house.bus.on("down/result")[0] ?? "")).toEqual({
      id: 7,
      accepted: true,
      waits_for: "interlock",
      wait: 1,
      state: "OFF",
      cause: "initial",
    });
    await clock.advance(waitMs - 1);
    expect(isOn("down")).toBe(false);
    await clock.advance(1);
    expect([isOn("up"), isOn("down"), house.bus.retained.get("down/state")]).toEqual([false, true, "ON"]);
  });

  it("are left alone by a command to switch off another one", async () => {
    const { house, isOn, clock } = await bound();
    house.bus.receive("up", "on");
    house.bus.receive("down", "off");
    await clock.advance(10_000);
    expect(isOn("up")).toBe(true);
  });

  it("do what was commanded last", async () => {
    const { house, on, clock } = await bound();
    house.bus.receive("up", "on");
    house.bus.receive("down", "on");
    house.bus.receive("aside", "on");
    await clock.advance(10_000);
    expect(on()).toEqual(["aside"]);
    house.bus.receive("up", "on");
    house.bus.receive("aside", "on");
    await clock.advance(10_000);
    expect(on()).toEqual(["aside"]);
    house.bus.receive("up", "on");
    house.bus.receive("up", "off");
    await clock.advance(10_000);
    expect(on()).toEqual([]);
  });

  it("wait for the shortest time that another one is on, and let it be if the wish is taken back", async () => {
    const { house, on, clock } = await bound({ up: ", min_on: 10s" });
    house.bus.receive("up", "on");
    house.bus.receive("down", '{"state":"on","id":1}');
    expect(JSON.parse(house.bus.on("down/result")[0] ?? "")).toMatchObject({ accepted: true, waits_for: "interlock" });
    house.bus.receive("down", "off");
    await clock.advance(60_000);
    expect(on()).toEqual(["up"]);
    house.bus.receive("up", "off");
    await clock.advance(1_000);
    house.bus.receive("up", "on");
    house.bus.receive("down", "on");
    await clock.advance(10_000);
    expect(on()).toEqual([]);
    await clock.advance(waitMs);
    expect(on()).toEqual(["down"]);
  });

  it("refuse to go on while nobody knows that another one is off", async () => {
    const { house, on, clock, stuck } = await bound();
    house.bus.receive("up", "on");
    stuck.add(pinOf.up);
    house.bus.receive("down", "on");
    await clock.advance(5_000);
    house.bus.receive("down", '{"state":"on","id":2}');
    expect(JSON.parse(house.bus.on("down/result").at(-1) ?? "")).toMatchObject({
      accepted: false,
      reason: "interlock",
      message: 'nobody knows that "up" of the interlock group "motor" is off, since it is offline',
    });
    expect(on()).toEqual(["up"]);
    stuck.clear();
    await clock.advance(120_000);
    expect(on()).toEqual([]);
    house.bus.receive("down", "on");
    expect(on()).toEqual(["down"]);
  });

  it("that begin on wait until all of them are claimed and have been off for a while", async () => {
    const made = new Motor(yamlOf({ down: ", initial: on" }));
    made.bank.output(pinOf.up, { initial: 1, keep: false });
    await made.start();
    expect(made.on).toEqual([]);
    await made.clock.advance(waitMs - 1);
    expect(made.on).toEqual([]);
    await made.clock.advance(1);
    expect(made.on).toEqual(["down"]);
  });
});

describe("a device that is to begin on", () => {
  it("stays off where another one of its group can be reached only long after the start", async () => {
    const made = new Motor(yamlOf({ down: ", initial: on" }));
    made.stuck.add(pinOf.up);
    await made.start();
    await made.clock.advance(120_000);
    made.stuck.clear();
    await made.clock.advance(600_000);
    expect([made.on, made.house?.bus.retained.get("up/availability")]).toEqual([[], "online"]);
    made.house?.bus.receive("down", "on");
    expect(made.on).toEqual(["down"]);
  });
});

describe("a kind that switches itself on at the start", () => {
  it("waits for its interlock group, and does not fail by it", async () => {
    const yaml = `devices:
  vent: {kind: fan, topic: vent, speed_pins: [17, 27], initial: on, interlock: air, interlock_wait: 2s}
  heater: {kind: relay, topic: heater, pin: 22, interlock: air}
`;
    const clock = new FakeClock();
    const pins = simulatedBank(clock);
    const output: SimulatedBank["output"] = async (pin, request) => {
      if (pin === 22) await new Promise<void>((resolve) => clock.after(1_000, resolve));
      return pins.output(pin, request);
    };
    const starting = startHouse(yaml, { clock, pins: { ...pins, output } });
    await clock.advance(1_000 + 1_999);
    const { bus, log } = await starting;
    expect(pins.level(27)).toBe(0);
    await clock.advance(1);
    expect([pins.level(17), pins.level(27), bus.retained.get("vent/availability")]).toEqual([0, 1, "online"]);
    expect(log.at("warn")).toEqual([]);
  });
});

/** A motor in parts, which a test can take apart. */
async function bound(more: Partial<Record<Name, string>> = {}) {
  const made = await motor(more);
  return {
    house: made.house,
    clock: made.clock,
    stuck: made.stuck,
    isOn: (name: Name) => made.isOn(name),
    on: () => made.on,
  };
}
