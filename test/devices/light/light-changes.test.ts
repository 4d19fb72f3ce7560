import { describe, expect, it } from "vitest";
import { Lamp } from "./lamp.ts";

/** Each power of the first pin since the light had `from` entries in its history. */
const firstPowers = (lamp: Lamp, from = 0) => lamp.history.slice(from).map(({ powers }) => powers[0] ?? Number.NaN);
const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
const word = ({ state, brightness }: { state: string; brightness: number }) => `${state} ${brightness}`;

describe("a transition of a light", () => {
  it("dims from off to on in its time, by small steps of which none goes back, and ends at the brightness", async () => {
    const lamp = await Lamp.started("dimmer");
    const before = lamp.history.length;
    lamp.send({ state: "ON", brightness: 204, transition: 4 });
    await lamp.pass(2_000);
    expect(lamp.powers[0]).toBeCloseTo(0.4, 1);
    await lamp.pass(1_999);
    expect(lamp.powers[0]).toBeLessThan(0.8);
    await lamp.pass(1);
    expect(lamp.powers).toEqual([0.8]);
    const powers = firstPowers(lamp, before);
    expect(powers).toEqual(sorted(powers));
    expect(Math.max(...powers.slice(1).map((power, index) => power - (powers[index] ?? 0)))).toBeLessThan(0.02);
    expect(powers.length).toBeLessThanOrEqual(4 * 50);
    await lamp.pass(60_000);
    expect(lamp.history).toHaveLength(before + powers.length);
  });

  it("dims to off, and remembers the brightness from which it came", async () => {
    const lamp = await Lamp.started("dimmer");
    lamp.send("200");
    const before = lamp.history.length;
    lamp.send({ state: "OFF", transition: 3 });
    await lamp.pass(2_999);
    expect(lamp.powers[0]).toBeGreaterThan(0);
    await lamp.pass(1);
    expect([lamp.powers, lamp.said]).toMatchObject([[0], { state: "OFF", brightness: 200 }]);
    const powers = firstPowers(lamp, before);
    expect(powers).toEqual(sorted(powers).reverse());
    lamp.send("on");
    expect(lamp.levels).toEqual([200]);
  });

  it("tells what its pins do, once a second, and never where it is going", async () => {
    const lamp = await Lamp.started("dimmer");
    const before = lamp.allSaid.length;
    lamp.send({ brightness: 201, transition: 4 });
    await lamp.pass(10_000);
    expect(lamp.allSaid.slice(before).map(word)).toEqual(["ON 2", "ON 52", "ON 101", "ON 151", "ON 201"]);
    const middle = lamp.allSaid.length;
    lamp.send({ state: "ON", brightness: 101, transition: 2 });
    lamp.send({ state: "ON", brightness: 101, transition: 2 });
    await lamp.pass(10_000);
    // Nothing is told at the begin: a slider in Home Assistant would jump back.
    expect(lamp.allSaid.slice(middle).map(word)).toEqual(["ON 149", "ON 101"]);
    const { log } = lamp.house;
    const ends = log.at("info").filter(({ message }) => message === "state");
    expect(ends.map(({ cause }) => cause)).toEqual(["transition", "transition"]);
  });

  it("starts from what is really there where somebody has changed their mind", async () => {
    const lamp = await Lamp.started("dimmer");
    lamp.send({ brightness: 255, transition: 10 });
    await lamp.pass(5_000);
    const [there = 0] = lamp.powers;
    const before = lamp.history.length;
    lamp.send({ brightness: 51, transition: 10 });
    await lamp.pass(10_000);
    const powers = [there, ...firstPowers(lamp, before)];
    expect(powers).toEqual(sorted(powers).reverse());
    expect(powers.at(1)).toBeGreaterThan(there - 0.01);
    expect(lamp.powers).toEqual([0.2]);
  });

  it.each([
    ["on", { state: "ON", brightness: 255 }, [255]],
    ["toggle", { state: "ON", brightness: 255 }, [255]],
    ["off", { state: "OFF", brightness: 255 }, [0]],
    ["100", { state: "ON", brightness: 100 }, [100]],
  ])("on the way to off ends with %s", async (payload, said, levels) => {
    const lamp = await Lamp.started("dimmer");
    lamp.send("on");
    lamp.send({ state: "OFF", transition: 10 });
    await lamp.pass(5_000);
    lamp.send(payload);
    const before = lamp.history.length;
    await lamp.pass(60_000);
    expect([lamp.said, lamp.levels, lamp.history.length]).toMatchObject([said, levels, before]);
  });

  it("takes the time of default_transition where the command has none", async () => {
    const lamp = await Lamp.started("dimmer", ", default_transition: 2s");
    lamp.send("on");
    await lamp.pass(1_000);
    expect(lamp.powers[0]).toBeCloseTo(0.5, 1);
    await lamp.pass(1_000);
    expect(lamp.powers).toEqual([1]);
    lamp.send({ state: "OFF", transition: 0 });
    expect(lamp.powers).toEqual([0]);
  });

  it("goes from one color to another without flaring up, whatever the brightness does", async () => {
    const lamp = await Lamp.started("rgb");
    lamp.send({ color: { r: 255, g: 0, b: 0 }, brightness: 51 });
    lamp.send({ color: { r: 0, g: 0, b: 255 }, brightness: 255, transition: 2 });
    const seen = [lamp.powers];
    for (let step = 0; step < 25; step += 1) {
      await lamp.pass(80);
      seen.push(lamp.powers);
      const { brightness, color } = lamp.said;
      if (step === 12) expect(lamp.levels.map((level) => Math.round((level / 255) * 10))).toEqual([1, 0, 5]);
      expect(brightness).toBeGreaterThanOrEqual(51);
      expect(color?.g).toBe(0);
    }
    const of = (index: number) => seen.map((powers) => powers[index] ?? Number.NaN);
    expect(of(0)).toEqual(sorted(of(0)).reverse());
    expect(of(2)).toEqual(sorted(of(2)));
    expect([lamp.levels, lamp.said]).toMatchObject([[0, 0, 255], { brightness: 255, color: { r: 0, g: 0, b: 255 } }]);
  });

  it("goes from one color temperature to another", async () => {
    const lamp = await Lamp.started("cct");
    lamp.send({ color_temp: 5000 });
    lamp.send({ color_temp: 2500, transition: 2 });
    await lamp.pass(1_000);
    // Half of the way in mireds, from 200 to 400, is 300: both whites are nearly full.
    expect(lamp.said.color_temp).toBeLessThan(3_400);
    expect(lamp.said.color_temp).toBeGreaterThan(3_250);
    await lamp.pass(1_000);
    expect([lamp.powers, lamp.said.color_temp]).toEqual([[0, 1], 2_500]);
  });
});

describe("a flash of a light", () => {
  it.each([
    ["short", 2_000],
    ["long", 10_000],
    [3, 3_000],
    [0.7, 700],
  ])("blinks for its time and then is on again: %s", async (flash, ms) => {
    const lamp = await Lamp.started("dimmer");
    lamp.send("100");
    lamp.send({ state: "ON", flash });
    await lamp.pass(499);
    expect(lamp.levels).toEqual([100]);
    await lamp.pass(1);
    expect([lamp.levels, lamp.said]).toMatchObject([[0], { state: "ON", brightness: 100 }]);
    await lamp.pass(ms - 500);
    expect([lamp.levels, lamp.said]).toMatchObject([[100], { state: "ON", brightness: 100 }]);
    const before = lamp.history.length;
    await lamp.pass(60_000);
    expect(lamp.history).toHaveLength(before);
  });

  it.each([
    [{ flash: 2 }, "OFF", [0]],
    [{ state: "OFF", flash: 2 }, "OFF", [0]],
    [{ state: "ON", flash: 2 }, "ON", [255]],
    [{ state: "ON", brightness: 51, flash: 2 }, "ON", [51]],
  ])("of a light that is off ends as the command says: %j", async (command, state, levels) => {
    const lamp = await Lamp.started("dimmer");
    lamp.send(command);
    expect(lamp.said.state).toBe("ON");
    expect(lamp.powers[0]).toBeGreaterThan(0);
    await lamp.pass(2_000);
    expect([lamp.levels, lamp.said.state]).toEqual([levels, state]);
  });

  it("ends with the next command", async () => {
    const lamp = await Lamp.started("rgb");
    lamp.send({ state: "ON", flash: 10 });
    await lamp.pass(700);
    lamp.send("off");
    await lamp.pass(20_000);
    expect([lamp.levels, lamp.said.state]).toEqual([[0, 0, 0], "OFF"]);
  });
});

describe("an effect of a light", () => {
  it.each(["pulse", "candle"])("changes its brightness again and again, and tells its name: %s", async (effect) => {
    const lamp = await Lamp.started("dimmer");
    lamp.send({ state: "ON", brightness: 204, effect });
    const said = lamp.allSaid.length;
    const before = lamp.history.length;
    await lamp.pass(10_000);
    const powers = firstPowers(lamp, before);
    expect(Math.max(...powers)).toBeLessThanOrEqual(0.8);
    expect(Math.max(...powers)).toBeGreaterThan(0.7);
    expect(Math.min(...powers)).toBeGreaterThan(0.05);
    expect(Math.min(...powers)).toBeLessThan(0.5);
    expect(powers.length).toBeLessThanOrEqual(10 * 50);
    expect([lamp.said, lamp.allSaid.length]).toMatchObject([{ state: "ON", brightness: 204, effect }, said]);
  });

  it.each([
    ['{"effect":"none"}', [204], { state: "ON", effect: "none" }],
    ['{"effect":"OFF"}', [204], { state: "ON", effect: "none" }],
    ['{"effect":null}', [204], { state: "ON", effect: "none" }],
    ['{"state":"ON","effect":"none","brightness":51}', [51], { state: "ON", effect: "none" }],
    ["off", [0], { state: "OFF", effect: "none" }],
    ["toggle", [0], { state: "OFF", effect: "none" }],
    ["0%", [0], { state: "OFF", effect: "none" }],
  ])("ends with %s, and nothing moves after that", async (payload, levels, said) => {
    const lamp = await Lamp.started("dimmer");
    lamp.send({ brightness: 204, effect: "candle" });
    await lamp.pass(1_234);
    lamp.send(payload);
    const before = lamp.history.length;
    await lamp.pass(10_000);
    expect([lamp.levels, lamp.said, lamp.history.length]).toMatchObject([levels, said, before]);
  });

  it("goes on with another brightness and color", async () => {
    const lamp = await Lamp.started("rgb");
    lamp.send({ effect: "pulse" });
    lamp.send({ brightness: 102, color: { r: 255, g: 0, b: 0 } });
    await lamp.pass(1_000);
    expect(lamp.said).toMatchObject({ brightness: 102, color: { r: 255, g: 0, b: 0 }, effect: "pulse" });
    // After half of its two seconds it is at a tenth.
    expect(lamp.powers[0]).toBeCloseTo(0.04, 3);
    expect(lamp.powers.slice(1)).toEqual([0, 0]);
  });

  it("is in the state from the first one on, also after a kill; before that the state is as ever", async () => {
    const lamp = await Lamp.started("dimmer");
    lamp.send({ effect: "none" });
    lamp.send("100");
    expect(lamp.said).toEqual({ state: "ON", brightness: 100 });
    lamp.send({ effect: "pulse" });
    expect(lamp.said).toEqual({ state: "ON", brightness: 100, effect: "pulse" });
    await lamp.kill();
    expect(lamp.said).toEqual({ state: "OFF", brightness: 255, effect: "none" });
  });

  it("that is ended leaves a light off that was off", async () => {
    const lamp = await Lamp.started("dimmer");
    lamp.send({ effect: "none" });
    expect([lamp.levels, lamp.said.state, lamp.refusal]).toEqual([[0], "OFF", undefined]);
  });

  it("flickers in the same way each time", async () => {
    const flames = await Promise.all(
      [1, 2].map(async () => {
        const lamp = await Lamp.started("dimmer");
        lamp.send({ effect: "candle" });
        await lamp.pass(5_000);
        return firstPowers(lamp);
      }),
    );
    expect(flames[0]).toEqual(flames[1]);
  });
});
