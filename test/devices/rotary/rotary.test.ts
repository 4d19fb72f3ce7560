import { describe, expect, it } from "vitest";
import { link } from "../../../src/core/link.ts";
import { checked } from "../../config/checked.ts";
import { kinds } from "../../fakes/kinds.ts";
import { probe } from "../../fakes/probe.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";
import { componentsOf } from "../../homeassistant/houses.ts";
import { buttonPin, knobFile, withKnob } from "./turned-knob.ts";

const limits = ", min_value: 0, max_value: 10";

describe("a rotary encoder", () => {
  it("says its position as JSON and alone, and each step as an event that is never retained", async () => {
    const { bus, position, events, turn } = await withKnob();
    expect([position(), bus.retained.get("knob/availability")]).toEqual([0, "online"]);
    await turn(2);
    await turn(-3);
    expect([position(), bus.retained.get("knob/position")]).toEqual([-1, "-1"]);
    expect(events("rotation")).toEqual(["clockwise", "clockwise", ...Array(3).fill("anticlockwise")]);
    for (const { retain } of bus.published.filter(({ topic }) => topic === "knob/rotation")) expect(retain).toBe(false);
  });

  it.each([
    [1, 1],
    [2, 2],
    [4, 4],
  ])("makes with resolution %i of a cycle %i steps", async (resolution, steps) => {
    const { position, turn } = await withKnob(`, resolution: ${resolution}`);
    await turn(1);
    expect(position()).toBe(steps);
    await turn(-2);
    expect(position()).toBe(-steps);
  });

  it("is no step before the whole way of one is done, and none when the knob goes back", async () => {
    const { clock, events, hand, position } = await withKnob();
    for (const direction of [1, 1, 1, -1, -1, -1] as const) hand.edge(direction);
    await clock.advance(200);
    expect([position(), events("rotation")]).toEqual([0, []]);
  });

  it("begins wherever its contacts stand, and counts whole cycles from there", async () => {
    const first = await withKnob();
    first.hand.edge(1);
    const { position, clock } = await withKnob("", { pins: first.pins });
    for (let edge = 0; edge < 4; edge += 1) first.hand.edge(1);
    await clock.advance(200);
    expect(position()).toBe(1);
  });

  it.each([
    [`${limits}`, 12, 10],
    [`${limits}`, -3, 0],
    [`${limits}, step: 4`, 2, 8],
    [`${limits}, step: 4`, 3, 10],
    [", step: 0.1", 3, 0.3],
    [", step: 0.1", -3, -0.3],
    [", min_value: 5", 0, 5],
    [", max_value: -5", 1, -5],
    [`${limits}, wrap: true`, 11, 0],
    [`${limits}, wrap: true`, -1, 10],
    [`${limits}, wrap: true`, -12, 10],
    [", min_value: -1, max_value: 1, step: 0.5, wrap: true", 3, -1],
  ])("is with %s after %i steps at %f", async (options, steps, expected) => {
    const { position, turn } = await withKnob(options);
    await turn(steps);
    expect(position()).toBe(expected);
  });

  it("turns round also from a position between two steps", async () => {
    const { bus, position, turn } = await withKnob(", min_value: 0, max_value: 100, step: 5, wrap: true");
    bus.receive("knob/position/set", "98");
    await turn(1);
    expect(position()).toBe(0);
    bus.receive("knob/position/set", "3");
    await turn(-1);
    expect(position()).toBe(100);
  });

  it("comes back from its limit with the first step", async () => {
    const { events, position, turn } = await withKnob(limits);
    await turn(15);
    await turn(-1);
    expect(position()).toBe(9);
    expect(events("rotation")).toHaveLength(16);
  });

  it("says the first step at once, and of fast turning no more than ten positions in a second, the last too", async () => {
    const { bus, clock, hand, position } = await withKnob();
    await clock.advance(10_000);
    const before = bus.on("knob").length;
    hand.turn(1);
    await clock.advance(0);
    expect(position()).toBe(1);
    for (let step = 0; step < 200; step += 1) {
      hand.turn(1);
      await clock.advance(5);
    }
    await clock.advance(100);
    expect(position()).toBe(201);
    expect(bus.on("knob").length - before).toBeLessThanOrEqual(12);
  });

  it("is offline with its pins, and goes on from where it was", async () => {
    const { bus, agent, position, turn } = await withKnob();
    await turn(3);
    await agent.stop();
    expect([position(), bus.retained.get("knob/availability")]).toEqual([3, "offline"]);
  });
});

describe("the position of a rotary encoder", () => {
  it.each([
    ["knob/set", '{"position":7}', 7],
    ["knob/set", '{"POSITION":"7.5"}', 7.5],
    ["knob/position/set", "0", 0],
  ])("is set on %s by %s", async (topic, payload, expected) => {
    const { bus, position, turn, clock } = await withKnob(limits);
    await turn(2);
    bus.receive(topic, payload);
    await clock.advance(200);
    expect(position()).toBe(expected);
    await turn(1);
    expect(position()).toBe(expected + 1);
  });

  it.each([
    ["knob/set", "7", "say "],
    ["knob/set", "{}", "say "],
    ["knob/set", '{"position":11}', "position is a number from 0 to 10"],
    ["knob/set", '{"position":-1}', "position is a number from 0 to 10"],
    ["knob/set", '{"position":"far"}', "position is a number, such as 20"],
    ["knob/set", '{"position":null}', "position is a number, such as 20"],
    ["knob/set", '{"angle":5}', 'there is no "angle"'],
    ["knob/position/set", "NaN", "position is a number, such as 20"],
    ["knob/position/set", "", ""],
  ])("is not changed on %s by %s", async (topic, payload, reason) => {
    const { bus, position, turn, log } = await withKnob(limits);
    await turn(2);
    bus.receive(topic, payload);
    expect(position()).toBe(2);
    expect(log.at("warn")).toMatchObject([{ message: "refused a command", reason: expect.anything() }]);
    expect(JSON.stringify(log.at("warn"))).toContain(JSON.stringify(reason).slice(1, -1));
  });

  it("outlives a restart, within limits that may be others by then", async () => {
    const stateFile = new FakeStateFile();
    const { agent, turn } = await withKnob("", { stateFile });
    await turn(8);
    await agent.stop();
    const again = await withKnob("", { stateFile });
    expect(again.position()).toBe(8);
    await again.agent.stop();
    const less = await withKnob(", min_value: 0, max_value: 5", { stateFile });
    expect(less.position()).toBe(5);
  });

  it("begins anew with restore_value: false", async () => {
    const stateFile = new FakeStateFile();
    const { agent, turn } = await withKnob(", restore_value: false", { stateFile });
    await turn(8);
    await agent.stop();
    expect((await withKnob(", restore_value: false", { stateFile })).position()).toBe(0);
  });

  it("can be followed by other devices", () => {
    const follower = probe({ options: { sensor: link("What it follows.", "measure") } });
    const text = `${knobFile()}  it: {kind: probe, topic: it, sensor: knob.position}\n`;
    expect(checked(text, { kinds: [...kinds, follower] }).problems).toEqual([]);
  });

  it("is a number that Home Assistant can set, where both limits are known, and else a sensor", () => {
    const { knob__position__number: number } = componentsOf(knobFile(`${limits}, step: 2`));
    expect(number).toMatchObject({
      command_topic: "knob/position/set",
      state_topic: "knob",
      value_template: "{{ value_json.position }}",
      min: 0,
      max: 10,
      step: 2,
    });
    const components = componentsOf(knobFile(", min_value: 0"));
    expect(components["knob__position__sensor"]).toMatchObject({ state_class: "measurement" });
    expect(components["knob__position__sensor"]).not.toHaveProperty("command_topic");
  });
});

describe("the button of a rotary encoder", () => {
  it("tells of presses as a button does", async () => {
    const { clock, events, pins } = await withKnob(`, button_pin: ${buttonPin}, repeat_time: 500ms`);
    const press = async (ms: number, thenMs: number) => {
      pins.drive(buttonPin, 0);
      await clock.advance(ms);
      pins.drive(buttonPin, 1);
      await clock.advance(thenMs);
    };
    await press(100, 1_000);
    await press(100, 100);
    await press(100, 1_000);
    await press(1_400, 1_000);
    expect(events("action")).toEqual(["single", "double", "long", "long_repeat", "long_release"]);
    expect(events("rotation")).toEqual([]);
  });

  it("is shown only where there is one", () => {
    const names = (yaml: string) => Object.keys(componentsOf(yaml));
    expect(names(knobFile()).filter((name) => name.includes("action"))).toEqual([]);
    expect(names(knobFile(`, button_pin: ${buttonPin}`))).toEqual(
      expect.arrayContaining(["knob__action__event", "knob__action_single__device_automation"]),
    );
  });
});
