import { describe, expect, it } from "vitest";
import { MachineLives } from "../../fakes/homes/machine-lives.ts";

const pin = 17;
const minute = 60_000;

/** A relay with these options, on a machine that runs. */
async function relay(options: string) {
  const lives = new MachineLives(`devices:\n  it: {kind: relay, topic: it, pin: ${pin}, ${options}}\n`);
  await lives.start();
  return { lives, isOn: () => lives.level(pin) === 1, send: (payload: string) => lives.send("it", payload) };
}

describe("a deadline of an output", () => {
  it("is not begun anew when the agent is killed or stopped", async () => {
    const { lives, isOn, send } = await relay("auto_off: 10m, initial: last");
    send("on");
    await lives.advance(4 * minute);
    await lives.kill(minute);
    expect(isOn()).toBe(true);
    await lives.advance(4 * minute - 1_000);
    await lives.stop(0);
    expect(isOn()).toBe(true);
    await lives.advance(minute);
    expect(isOn()).toBe(false);
    await lives.kill(0);
    expect(isOn()).toBe(false);
  });

  it("that has passed while no agent ran lets the output not go on for an instant", async () => {
    const { lives, isOn, send } = await relay("max_on: 10m, initial: on");
    send("on");
    await lives.kill(20 * minute);
    expect(isOn()).toBe(false);
    expect(lives.drivenHigh(pin).filter((atMs) => atMs > 0)).toEqual([]);
  });

  it("that has passed while no agent ran lets the output not go on at the next start either", async () => {
    const { lives, isOn, send } = await relay("max_on: 10m, initial: last");
    send("on");
    await lives.kill(20 * minute);
    await lives.advance(minute);
    await lives.stop(0);
    expect(isOn()).toBe(false);
  });

  it("counts the time for which the machine had no power as soon as the clock is right", async () => {
    const { lives, isOn, send } = await relay("auto_off: 10m, initial: last");
    send("on");
    await lives.advance(2 * minute);
    await lives.cutPower(30 * minute, "unknown");
    await lives.advance(minute);
    expect(isOn()).toBe(true);
    await lives.setClock();
    expect(isOn()).toBe(false);
  });

  it("stands still without power where nobody sets the clock, and loses what was not stored", async () => {
    const { lives, isOn, send } = await relay("auto_off: 10m, initial: last");
    send("on");
    await lives.advance(4 * minute);
    await lives.cutPower(30 * minute, "unknown");
    await lives.advance(5 * minute);
    expect(isOn()).toBe(true);
    await lives.advance(2 * minute + 10_000);
    expect(isOn()).toBe(false);
  });

  it.each([-3_600_000, 3_600_000, 1e12])("does not move when the clock jumps by %i ms", async (jumpMs) => {
    const { lives, isOn, send } = await relay("auto_off: 10m, initial: last");
    send("on");
    lives.jump(jumpMs);
    await lives.advance(5 * minute);
    await lives.kill(0);
    await lives.advance(5 * minute - 1_000);
    expect(isOn()).toBe(true);
    await lives.advance(1_000);
    expect(isOn()).toBe(false);
  });

  it("becomes shorter when devices.yaml has a shorter limit, and ends when it has none", async () => {
    const { lives, isOn, send } = await relay("auto_off: 10m, initial: last");
    send("on");
    await lives.advance(minute);
    await lives.edit(`devices:\n  it: {kind: relay, topic: it, pin: ${pin}, auto_off: 2m, initial: last}\n`);
    await lives.advance(2 * minute);
    expect(isOn()).toBe(false);
    send("on");
    await lives.edit(`devices:\n  it: {kind: relay, topic: it, pin: ${pin}, initial: last}\n`);
    await lives.advance(60 * minute);
    expect(isOn()).toBe(true);
  });
});

describe("max_on_rest", () => {
  it("keeps the output off after max_on, and says so", async () => {
    const { lives, isOn, send } = await relay("max_on: 5m, max_on_rest: 3m");
    send("on");
    await lives.advance(5 * minute);
    send('{"state":"ON","id":1}');
    expect(JSON.parse(lives.bus.on("it/result").at(-1) ?? "")).toMatchObject({ waits_for: "max_on_rest", wait: 180 });
    await lives.advance(3 * minute - 1_000);
    expect(isOn()).toBe(false);
    await lives.advance(1_000);
    expect(isOn()).toBe(true);
  });

  it("is not needed after another end, and goes on over a restart", async () => {
    const { lives, isOn, send } = await relay("max_on: 5m, max_on_rest: 3m");
    send("on");
    await lives.advance(minute);
    send("off");
    send("on");
    expect(isOn()).toBe(true);
    await lives.advance(5 * minute);
    await lives.kill(minute);
    send("on");
    expect(isOn()).toBe(false);
    await lives.advance(2 * minute);
    expect(isOn()).toBe(true);
  });
});

describe("off_time", () => {
  it("switches on again after its seconds, also where the agent is killed meanwhile", async () => {
    const { lives, isOn, send } = await relay("initial: on");
    send('{"state":"OFF","off_time":5}');
    expect(isOn()).toBe(false);
    await lives.advance(4_999);
    expect(isOn()).toBe(false);
    await lives.advance(1);
    expect([isOn(), lives.bus.retained.get("it/state")]).toEqual([true, "ON"]);
  });

  it("outlives the agent", async () => {
    const { lives, isOn, send } = await relay("initial: last");
    send("on");
    send('{"state":"OFF","off_time":300}');
    await lives.kill(minute);
    await lives.advance(4 * minute - 1_000);
    expect(isOn()).toBe(false);
    await lives.advance(1_000);
    expect(isOn()).toBe(true);
  });

  it.each(["off", "on", '{"state":"ON","on_time":60}'])("is over with the next command, such as %s", async (next) => {
    const { lives, isOn, send } = await relay("initial: off");
    send('{"state":"OFF","off_time":300}');
    await lives.advance(minute);
    send(next);
    await lives.advance(10 * minute);
    expect(isOn()).toBe(next === "on");
  });
});

describe("on_time", () => {
  it("ends by itself, whatever auto_off says, and outlives the agent", async () => {
    const { lives, isOn, send } = await relay("auto_off: 10m, initial: last");
    send('{"state":"ON","on_time":300}');
    await lives.advance(2 * minute);
    await lives.kill(minute);
    await lives.advance(2 * minute - 1_000);
    expect(isOn()).toBe(true);
    await lives.advance(1_000);
    expect(isOn()).toBe(false);
  });

  it.each([
    ["had none", "on"],
    ["had a longer one", '{"state":"ON","on_time":300}'],
  ])("outlives a kill right after the command, to an output that was on already and %s", async (_what, before) => {
    const { lives, isOn, send } = await relay("auto_off: 10m, initial: last");
    send(before);
    await lives.advance(20_000);
    send('{"state":"ON","on_time":30}');
    await lives.advance(1_000);
    await lives.kill(0);
    await lives.advance(29_000);
    expect(isOn()).toBe(false);
  });

  it("does not remove auto_off, and a plain ON does not either", async () => {
    const { lives, isOn, send } = await relay("auto_off: 2m");
    send('{"state":"ON","on_time":300}');
    send("on");
    await lives.advance(2 * minute - 1_000);
    expect(isOn()).toBe(true);
    await lives.advance(1_000);
    expect(isOn()).toBe(false);
  });
});

describe("the times of a command to other kinds", () => {
  const yaml = (options: string) => `devices:\n  it: {topic: it, ${options}}\n`;
  const light = yaml("kind: light, pin: 18, default_transition: 1s, initial: last");
  const fan = yaml("kind: fan, speed_pins: [5, 6, 13]");

  it("bring a light back as bright as it was, after it has really become dark", async () => {
    const lives = new MachineLives(light);
    await lives.start();
    lives.send("it", '{"state":"ON","brightness":100,"transition":0}');
    await lives.advance(2_000);
    lives.send("it", '{"state":"OFF","off_time":10}');
    await lives.advance(5_000);
    expect(JSON.parse(lives.bus.retained.get("it/state") ?? "{}")).toMatchObject({ state: "OFF" });
    await lives.advance(10_000);
    expect(JSON.parse(lives.bus.retained.get("it/state") ?? "{}")).toMatchObject({ state: "ON", brightness: 100 });
  });

  it("bring a fan back to its speed, and end its time on", async () => {
    const lives = new MachineLives(fan);
    await lives.start();
    lives.send("it", '{"percentage":66}');
    await lives.advance(2_000);
    lives.send("it", '{"state":"OFF","off_time":10}');
    await lives.advance(5_000);
    expect([5, 6, 13].map((one) => lives.level(one))).toEqual([0, 0, 0]);
    await lives.advance(10_000);
    expect([5, 6, 13].map((one) => lives.level(one))).toEqual([0, 1, 0]);
    lives.send("it", '{"state":"ON","on_time":60}');
    await lives.advance(minute);
    expect([5, 6, 13].map((one) => lives.level(one))).toEqual([0, 0, 0]);
  });
});
