import { describe, expect, it } from "vitest";
import { z } from "zod";
import { linkOptions } from "../../src/core/link.ts";
import { pinOptions } from "../../src/core/pin.ts";
import { pretendedCover } from "../../src/devices/cover/pretended-cover.ts";
import { inhabited } from "../fakes/homes/inhabited.ts";
import { kinds } from "../fakes/kinds.ts";

/** The option of `open_pin`, or of a place in a list, such as `window_pins.0`. */
const optionOf = (name: string) => name.split(".")[0];

describe.each(kinds.filter(({ pretend }) => pretend !== undefined))("what the kind $kind pretends", (kind) => {
  const { options, example, pretend = {} } = kind;
  const inputs = [...pinOptions(options)].filter(([, { role }]) => role === "input").map(([name]) => name);

  it("names only its own options", () => {
    const { effects = [], encoder } = pretend;
    const pinsAndLinks = [...pinOptions(options).keys(), ...linkOptions(options).keys()];
    expect(pinsAndLinks).toEqual(expect.arrayContaining(effects.map(({ output }) => output)));
    expect([...linkOptions(options).keys()]).toEqual(expect.arrayContaining(effects.map(({ measure }) => measure)));
    expect(inputs).toEqual(expect.arrayContaining(encoder === undefined ? [] : [encoder.a, encoder.b]));
    const parsed = z.object(options).parse(example);
    const moved = pretend.mechanism?.(parsed);
    const seen = Object.keys(moved?.inputs(moved.start) ?? {}).map(optionOf);
    expect(inputs).toEqual(expect.arrayContaining(seen));
    const steps = pretend.routine?.(parsed) ?? [];
    for (const step of steps) expect(inputs).toEqual(expect.arrayContaining(Object.keys(step.inputs).map(optionOf)));
    // Somebody reads along: not more than some twenty changes in ten minutes.
    const roundMs = steps.reduce((sum, { afterMs }) => sum + afterMs, 0);
    if (steps.length > 0) expect((steps.length * 600_000) / roundMs).toBeLessThanOrEqual(40);
  });
});

describe("each kind with inputs", () => {
  it.each(kinds.filter(({ options }) => [...pinOptions(options).values()].some(({ role }) => role === "input")))(
    "lives by itself when it is simulated: $kind",
    ({ pretend }) => {
      expect(pretend?.routine ?? pretend?.mechanism).toBeDefined();
    },
  );
});

describe("a pretended house", () => {
  it("opens its contacts now and then, presses its buttons and turns its meters", async () => {
    const { clock, heard, values } = await inhabited(`devices:
  door: {kind: contact, topic: door, pin: 5, debounce: 10s}
  bell: {kind: button, topic: bell, pin: 6}
  slow: {kind: button, topic: slow, pin: 13, debounce: 300ms, long_time: 0ms, presses: 1}
  meter: {kind: counter, topic: meter, pin: 19, debounce: 1s}
`);
    await clock.advance(20 * 60_000);
    expect(heard("door").slice(-8)).toEqual(["ON", "OFF", "ON", "OFF", "ON", "OFF", "ON", "OFF"]);
    const types = heard("bell/action").map((payload) => (JSON.parse(payload) as { event_type: string }).event_type);
    expect(types.slice(0, 4)).toEqual(["single", "double", "long", "long_release"]);
    expect(new Set(heard("slow/action"))).toEqual(new Set(['{"event_type":"single"}']));
    expect(values("meter")["pulses"]).toBe(37);
  });

  it("turns its knobs", async () => {
    const { clock, heard } = await inhabited(`devices:
  knob: {kind: rotary, topic: knob, pin_a: 5, pin_b: 6, button_pin: 13}
  other: {kind: rotary, topic: other, pin_a: 16, pin_b: 20, pull: down, resolution: 4}
`);
    await clock.advance(5 * 60_000);
    const types = (topic: string) =>
      heard(topic).map((payload) => (JSON.parse(payload) as { event_type: string }).event_type);
    expect(types("knob/rotation")).toEqual(["clockwise", "clockwise"]);
    expect(types("other/rotation")).toEqual(Array.from({ length: 8 }, () => "clockwise"));
    await clock.advance(15 * 60_000);
    expect(types("knob/action")).toEqual(["single", "double", "long", "long_release"]);
  });

  it("grows warm while its heater is on, and cold while its cooler is", async () => {
    const { clock, bus, values } = await inhabited(`devices:
  room: {kind: ds18b20, topic: room, every: 10s}
  heater: {kind: relay, topic: heater, pin: 17}
  cooler: {kind: relay, topic: cooler, pin: 27}
  it: {kind: thermostat, topic: it, sensor: room, heater: heater, cooler: cooler, mode: heat_cool, target: 30}
`);
    await clock.advance(2 * 3_600_000);
    expect(values("room")["temperature"]).toBeGreaterThan(23);
    bus.receive("it/target/set", "5");
    await clock.advance(2 * 3_600_000);
    expect(values("room")["temperature"]).toBeLessThan(15);
  });

  it("is kept warm by its thermostat, which goes on and off", async () => {
    const { clock, heard, values } = await inhabited(`devices:
  room: {kind: ds18b20, topic: room, every: 10s}
  heater: {kind: relay, topic: heater, pin: 17}
  it: {kind: thermostat, topic: it, sensor: room, heater: heater, target: 22, mode: heat}
`);
    await clock.advance(3_600_000);
    const temperatures = [];
    for (let minute = 0; minute < 240; minute += 1) {
      await clock.advance(60_000);
      temperatures.push(values("room")["temperature"] as number);
    }
    expect(Math.min(...temperatures)).toBeGreaterThan(20.5);
    expect(Math.max(...temperatures)).toBeLessThan(23.5);
    expect(heard("heater/state").length).toBeGreaterThan(4);
  });
});

describe("a pretended cover", () => {
  it("closes an end stop at each end, at its time, and leaves the other", () => {
    const cover = pretendedCover({ open: 20_000, close: 10_000 });
    const [open, close, stop] = [
      { open_pin: 1, close_pin: 0 },
      { open_pin: 0, close_pin: 1 },
      { open_pin: 0, close_pin: 0 },
    ];
    let state = cover.start;
    const driven = (powers: typeof stop, ms: number) => {
      state = cover.step(state, powers, ms);
      const { open_endstop_pin: isOpen, close_endstop_pin: isClosed } = cover.inputs(state);
      return isOpen ? "open" : isClosed ? "closed" : "between";
    };
    expect(driven(open, 20_000)).toBe("open");
    expect(driven(close, 0)).toBe("open");
    expect(driven(close, cover.nextMs(state, close) ?? 0)).toBe("between");
    expect(cover.nextMs(state, stop)).toBeUndefined();
    expect(driven(stop, 60_000)).toBe("between");
    expect(driven(close, (cover.nextMs(state, close) ?? 0) - 1)).toBe("between");
    expect(driven(close, 2)).toBe("closed");
    expect(driven(close, 5_000)).toBe("closed");
    expect(cover.nextMs(state, close)).toBeUndefined();
  });
});
