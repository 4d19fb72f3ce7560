import { describe, expect, it } from "vitest";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock, settled } from "../../fakes/clock.ts";
import { startHouse } from "../../fakes/house.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";

const relay = "  other: {kind: relay, topic: other, pin: 22, interlock: mains}\n";

async function houseOf(devices: string) {
  const house = await startHouse(`devices:\n${devices}`);
  await house.clock.advance(20_000);
  return house;
}

const steps = [
  ["a light that changes slowly", "kind: light, pin: 18", '{"state":"ON","transition":5}'],
  ["a fan that begins to turn", "kind: fan, pin: 18, kickstart: 5s", '{"speed":50}'],
] as const;

describe.each(steps)("what a kind does by itself while its output is on: %s", (_what, options, command) => {
  it("does not take back what was commanded to another device of its interlock group", async () => {
    const { bus, pins, clock } = await houseOf(
      `  it: {${options}, topic: it, interlock: mains, min_on: 10s}\n${relay}`,
    );
    bus.receive("it", command);
    await clock.advance(2_000);
    bus.receive("other", "on");
    await clock.advance(7_900);
    expect([pins.duty(18) !== 0, pins.level(22)]).toEqual([true, 0]);
    await clock.advance(600);
    expect([pins.duty(18), pins.level(22)]).toEqual([0, 1]);
  });

  it("does not make the time longer after which the output goes off", async () => {
    const { bus, pins, clock } = await houseOf(`  it: {${options}, topic: it, auto_off: 8s}\n`);
    bus.receive("it", command);
    await clock.advance(7_999);
    expect(pins.duty(18)).not.toBe(0);
    await clock.advance(1);
    expect(pins.duty(18)).toBe(0);
  });
});

describe("a servo on its way", () => {
  it("begins the time anew after which it goes off when it is commanded again", async () => {
    const { bus, pins, clock } = await houseOf(
      "  it: {kind: servo, pin: 18, topic: it, speed: 5, detach_time: 0ms, auto_off: 8s}\n",
    );
    bus.receive("it", "0");
    bus.receive("it", "90");
    await clock.advance(6_000);
    bus.receive("it", "60");
    await clock.advance(7_999);
    expect(pins.duty(18)).not.toBe(0);
    await clock.advance(1);
    expect(pins.duty(18)).toBe(0);
  });
});

describe("a write that worked, though it gave an error", () => {
  it.each([
    ["relay", "kind: relay, pin: 17", 17],
    ["cover", "kind: cover, open_pin: 17, close_pin: 27, open_time: 10s", 17],
  ])("keeps the others of the group off while nobody can drive the output to its rest: %s", async (_kind, it, pin) => {
    const bank = simulatedBank();
    let isBroken = false;
    const output: typeof bank.output = async (name, request) => {
      if (isBroken && name === pin) throw new Error("the chip does not answer");
      const line = await bank.output(name, request);
      const write: typeof line.write = (level) => {
        if (name !== pin || level === 0) {
          if (name === pin && isBroken) throw new Error("the chip does not answer");
          return line.write(level);
        }
        line.write(level);
        isBroken = true;
        throw new Error("the chip does not answer");
      };
      return { ...line, write };
    };
    const yaml = `devices:\n  it: {${it}, topic: it, interlock: mains}\n${relay}`;
    const { bus, clock } = await startHouse(yaml, { pins: bank, bank: { ...bank, output } });
    await clock.advance(1_000);
    bus.receive("it", it.includes("cover") ? "open" : "on");
    await settled();
    bus.receive("other", "on");
    await clock.advance(5_000);
    expect([bank.level(17), bank.level(22)]).toEqual([1, 0]);
    isBroken = false;
    await clock.advance(60_000);
    bus.receive("other", "on");
    await clock.advance(1_000);
    expect([bank.level(17), bank.level(22)]).toEqual([0, 1]);
  });
});

describe("a wish of the start that another device of the group has taken back", () => {
  it.each([
    ["relay", "kind: relay, pin: 18"],
    ["light", "kind: light, pin: 18"],
    ["fan", "kind: fan, pin: 18"],
    ["fan with relays", "kind: fan, speed_pins: [18, 5]"],
  ])("does not come again with the next start: %s", async (kind, it) => {
    const yaml = `devices:\n${relay}  it: {${it}, topic: it, initial: last, min_off: 10s, interlock: mains}\n`;
    const stateFile = new FakeStateFile();
    const pins = simulatedBank();
    const isOn = () => (kind.includes("relay") ? [5, 18].some((pin) => pins.level(pin) === 1) : pins.duty(18) !== 0);
    const live = async () => {
      const clock = new FakeClock();
      const house = await startHouse(yaml, { clock, stateFile, pins });
      await clock.advance(1_000);
      return house;
    };
    const first = await live();
    first.bus.receive("it", "on");
    await first.clock.advance(15_000);
    expect(isOn()).toBe(true);
    const second = await live();
    second.bus.receive("other", "on");
    await second.clock.advance(15_000);
    expect([isOn(), pins.level(22)]).toEqual([false, 1]);
    const third = await live();
    await third.clock.advance(15_000);
    expect(isOn()).toBe(false);
  });
});

describe("a command that another device of the interlock group has taken back", () => {
  it("does not move a cover later, when its end stop is left", async () => {
    const { bus, pins, clock } = await houseOf(
      `  it: {kind: cover, topic: it, open_pin: 5, close_pin: 6, close_endstop_pin: 13, open_time: 10s, interlock: mains}\n${relay}`,
    );
    pins.drive(13, 0);
    await clock.advance(1_000);
    bus.receive("other", "on");
    bus.receive("it", "open");
    bus.receive("other", "on");
    await clock.advance(5_000);
    expect(pins.level(22)).toBe(1);
    bus.receive("other", "off");
    pins.drive(13, 1);
    await clock.advance(5_000);
    expect([pins.level(5), pins.level(6)]).toEqual([0, 0]);
  });

  it("does not let a cover go on to its position where the other one waits for it to stand", async () => {
    const { bus, pins, clock } = await houseOf(
      `  it: {kind: cover, topic: it, open_pin: 5, close_pin: 6, open_time: 10s, overrun: 0s, interlock: mains, min_interval: 15s}\n${relay}`,
    );
    bus.receive("it", '{"position":30}');
    await clock.advance(1_000);
    expect(pins.level(6)).toBe(1);
    bus.receive("other", "on");
    await clock.advance(30_000);
    expect([pins.level(5), pins.level(6), pins.level(22)]).toEqual([0, 0, 1]);
  });

  it("can be given to a garage door again at once", async () => {
    const { bus, pins, clock } = await houseOf(
      `  it: {kind: garage_door, topic: it, button_pin: 5, closed_contact_pin: 6, open_time: 10s, interlock: mains}\n${relay}`,
    );
    pins.drive(6, 0);
    await clock.advance(5_000);
    bus.receive("other", "on");
    bus.receive("it", "open");
    bus.receive("other", "on");
    await clock.advance(5_000);
    expect([pins.level(5), pins.level(22)]).toEqual([0, 1]);
    bus.receive("it", "open");
    await clock.advance(600);
    expect([pins.level(5), pins.level(22)]).toEqual([1, 0]);
  });
});

describe("an output of an interlock group that another program switches on", () => {
  it("is switched off again while another one of the group is on", async () => {
    const { bus, pins, clock } = await houseOf(`  it: {kind: relay, topic: it, pin: 17, interlock: mains}\n${relay}`);
    bus.receive("other", "on");
    (await pins.output(17, { initial: 0, keep: true })).write(1);
    await clock.advance(2_000);
    expect([pins.level(17), pins.level(22), bus.retained.get("it/state")]).toEqual([0, 1, "OFF"]);
  });
});
