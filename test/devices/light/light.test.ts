import { describe, expect, it } from "vitest";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { startHouse } from "../../fakes/house.ts";

const light = (options = "") => `devices:\n  strip: {kind: light, topic: strip, pin: 18${options}}\n`;

/** The state without its time. */
function stateOf(payload: string | undefined) {
  const { state, brightness } = JSON.parse(payload ?? "{}") as Record<string, unknown>;
  return { state, brightness };
}

async function start(options = "") {
  const pins = simulatedBank();
  const house = await startHouse(light(options), { pins });
  const send = (payload: string) => house.bus.receive("strip", payload);
  const duty = () => Math.round((pins.duty(18) ?? Number.NaN) * 255);
  const state = () => stateOf(house.bus.retained.get("strip/state"));
  return { ...house, send, duty, state };
}

describe("a light", () => {
  it("is off at first, and on at full brightness when it is switched on", async () => {
    const { send, duty, state } = await start();
    expect(duty()).toBe(0);
    expect(state()).toEqual({ state: "OFF", brightness: 255 });
    send("on");
    expect(duty()).toBe(255);
    expect(state()).toEqual({ state: "ON", brightness: 255 });
  });

  it.each([
    ['{"state":"ON","brightness":128}', 128],
    ['{"brightness":1}', 1],
    ['{"state":"on","brightness":255}', 255],
    ['{"state":"ON","brightness":128,"transition":0}', 128],
  ])("is as bright as it is told: %s", async (payload, brightness) => {
    const { send, duty, state } = await start();
    send(payload);
    expect(duty()).toBe(brightness);
    expect(state()).toEqual({ state: "ON", brightness });
  });

  it("remembers its brightness while it is off", async () => {
    const { send, duty, state } = await start();
    send('{"brightness":60}');
    send("off");
    expect([duty(), state()]).toEqual([0, { state: "OFF", brightness: 60 }]);
    send("toggle");
    expect([duty(), state()]).toEqual([60, { state: "ON", brightness: 60 }]);
  });

  it("goes off at brightness 0", async () => {
    const { send, duty, state } = await start();
    send("on");
    send('{"state":"ON","brightness":0}');
    expect([duty(), state()]).toEqual([0, { state: "OFF", brightness: 255 }]);
  });

  it("is dark while its pin is high, where it is active-low", async () => {
    const { send, duty } = await start(", active_low: true");
    expect(duty()).toBe(255);
    send('{"brightness":55}');
    expect(duty()).toBe(200);
  });

  it.each([
    ["", 0],
    [", on_exit: on", 255],
    [", on_exit: keep", 100],
  ])("rests as its owner wants it%s", async (options, rest) => {
    const { send, duty, agent } = await start(options);
    send('{"brightness":100}');
    await agent.stop();
    expect(duty()).toBe(rest);
  });
});
