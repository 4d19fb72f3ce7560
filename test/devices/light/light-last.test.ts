import { describe, expect, it } from "vitest";
import { Lamp, type LampName } from "./lamp.ts";

const looks = [
  ["dimmer", { brightness: 60 }, [60]],
  ["rgb", { brightness: 102, color: { r: 255, g: 0, b: 100 } }, [102, 0, 40]],
  ["rgbw", { brightness: 255, color: { r: 0, g: 10, b: 0, w: 200 } }, [0, 10, 0, 200]],
  ["cct", { brightness: 255, color_temp: 4000 }, [255, 85]],
] as const satisfies readonly (readonly [LampName, object, readonly number[]])[];

describe.each(looks)("a light whose initial is last: %s", (name, look, levels) => {
  it.each([
    ["stopped in order", (lamp: Lamp) => lamp.restart()],
    ["killed after a while", async (lamp: Lamp) => lamp.pass(10_000).then(() => lamp.kill())],
  ])("is as it was after it was %s", async (_how, again) => {
    const lamp = await Lamp.started(name, ", initial: last");
    expect(lamp.said.state).toBe("OFF");
    lamp.send({ ...look });
    await again(lamp);
    expect([lamp.levels, lamp.said]).toMatchObject([levels, { state: "ON", ...look }]);
    lamp.send("off");
    await again(lamp);
    expect([lamp.said, lamp.powers.some((power) => power > 0)]).toMatchObject([{ state: "OFF", ...look }, false]);
    lamp.send("on");
    expect(lamp.levels).toEqual(levels);
  });

  it("never is at another power on the way, where the agent leaves it as it is", async () => {
    const lamp = await Lamp.started(name, ", initial: last, on_exit: keep");
    lamp.send({ ...look });
    const before = lamp.history.length;
    await lamp.restart();
    const rounded = lamp.history.slice(before).map(({ powers }) => powers.map((power) => Math.round(power * 255)));
    expect(new Set(rounded.map(String))).toEqual(new Set([String(levels)]));
  });
});

describe("a light that is only switched, whose initial is last", () => {
  it.each([
    ["stopped in order", (lamp: Lamp) => lamp.restart()],
    ["killed", (lamp: Lamp) => lamp.kill()],
  ])("is as it was after it was %s", async (_how, again) => {
    const lamp = await Lamp.started("plain", ", initial: last");
    for (const state of ["ON", "OFF"]) {
      lamp.send(state);
      await again(lamp);
      await again(lamp);
      expect([lamp.said, lamp.pins.level(17)]).toEqual([{ state }, state === "ON" ? 1 : 0]);
    }
  });

  it("is off after a limit has switched it off", async () => {
    const lamp = await Lamp.started("plain", ", initial: last, max_on: 1m");
    lamp.send("on");
    await lamp.pass(60_000);
    await lamp.kill();
    expect(lamp.said.state).toBe("OFF");
  });
});

describe("a light whose initial is last", () => {
  it.each(["on", "off"])("keeps at once whether it is %s, also through a kill", async (last) => {
    const lamp = await Lamp.started("dimmer", ", initial: last");
    lamp.send(last === "on" ? "off" : "on");
    await lamp.pass(60_000);
    lamp.send(last);
    await lamp.kill();
    expect(lamp.said.state).toBe(last.toUpperCase());
  });

  it("goes to where it was going when the power was cut in the middle of a transition", async () => {
    const lamp = await Lamp.started("dimmer", ", initial: last");
    lamp.send({ brightness: 200, transition: 60 });
    await lamp.pass(30_000);
    await lamp.kill();
    expect(lamp.levels).toEqual([200]);
    lamp.send({ state: "OFF", transition: 60 });
    await lamp.pass(30_000);
    await lamp.kill();
    expect([lamp.levels, lamp.said]).toMatchObject([[0], { state: "OFF", brightness: 200 }]);
  });

  it("does not keep a flash that nobody wanted to stay, nor an effect", async () => {
    const lamp = await Lamp.started("dimmer", ", initial: last");
    lamp.send({ flash: 10 });
    await lamp.pass(3_000);
    await lamp.kill();
    expect(lamp.said.state).toBe("OFF");
    lamp.send({ effect: "candle", brightness: 102 });
    await lamp.restart();
    await lamp.pass(500);
    expect([lamp.levels, lamp.said.effect]).toEqual([[102], "none"]);
  });

  it("is off after a limit has switched it off", async () => {
    const lamp = await Lamp.started("dimmer", ", initial: last, max_on: 1m");
    lamp.send("on");
    await lamp.pass(60_000);
    await lamp.kill();
    expect([lamp.levels, lamp.said.state]).toEqual([[0], "OFF"]);
  });

  it("waits for min_off first, and remembers meanwhile that it is to be on", async () => {
    const lamp = await Lamp.started("dimmer", ", initial: last, min_off: 1m");
    lamp.send("100");
    await lamp.pass(60_000);
    expect(lamp.levels).toEqual([100]);
    await lamp.kill();
    expect([lamp.levels, lamp.said.state]).toEqual([[0], "OFF"]);
    await lamp.pass(30_000);
    await lamp.kill();
    await lamp.pass(60_000);
    expect([lamp.levels, lamp.said]).toMatchObject([[100], { state: "ON", brightness: 100 }]);
  });

  it("begins as a new one where it has got other pins", async () => {
    const before = await Lamp.started("rgb", ", initial: last");
    before.send({ color: { r: 255, g: 0, b: 0 }, brightness: 100 });
    await before.house.agent.stop();
    const lamp = new Lamp("cct", ", initial: last");
    lamp.stateFile.current = before.stateFile.current;
    await lamp.start();
    expect(lamp.said).toMatchObject({ state: "OFF", brightness: 255, color_temp: 2500 });
  });
});

describe("a light with another initial", () => {
  it.each([
    ["", { state: "OFF", brightness: 255 }, [0]],
    [", initial: on", { state: "ON", brightness: 255 }, [255]],
  ])("forgets its brightness at a restart, as ever%s", async (options, said, levels) => {
    const lamp = await Lamp.started("dimmer", options);
    lamp.send("100");
    await lamp.restart();
    expect([lamp.said, lamp.levels]).toMatchObject([said, levels]);
  });
});

describe("a light at rest", () => {
  it.each([
    ["", [0, 0, 0], "OFF"],
    [", on_exit: on", [255, 255, 255], "ON"],
    [", on_exit: keep", [102, 0, 40], "ON"],
  ])("is as its owner wants it, with all its pins, and says so%s", async (options, levels, state) => {
    const lamp = await Lamp.started("rgb", options);
    lamp.send({ brightness: 102, color: { r: 255, g: 0, b: 100 } });
    await lamp.house.agent.stop();
    expect([lamp.levels, lamp.said.state]).toEqual([levels, state]);
    if (options === ", on_exit: on")
      expect(lamp.said).toMatchObject({ brightness: 255, color: { r: 255, g: 255, b: 255 } });
  });
});
