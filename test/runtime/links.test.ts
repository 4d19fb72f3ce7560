import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { DeviceContext } from "../../src/core/device.ts";
import { UserError } from "../../src/core/errors.ts";
import { type DeviceLink, link, type MeasureLink } from "../../src/core/link.ts";
import { deviceLinks } from "../../src/runtime/device/links.ts";
import { Neighbours } from "../../src/runtime/device/neighbours.ts";
import type { FakeBus } from "../fakes/bus.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { kinds } from "../fakes/kinds.ts";
import { probe } from "../fakes/probe.ts";

const yaml = (first: string, second: string) => `devices:\n${first}${second}`;
const sensor = "  sensor: {kind: sensor, topic: sensor}\n";
const lamp = "  lamp: {kind: relay, topic: lamp, pin: 17}\n";
const it_ = "  it: {kind: probe, topic: it, sensor: sensor.temperature, output: lamp}\n";

/** A sensor, a lamp, and a device that is linked to both. */
async function linked(
  setup?: (links: { measure: MeasureLink; output: DeviceLink; context: DeviceContext<unknown> }) => void,
  order = yaml(sensor + lamp, it_),
) {
  let value: number | Error = 20;
  let links: { measure: MeasureLink; output: DeviceLink } | undefined;
  const readings: (number | undefined)[] = [];
  const states: (boolean | undefined)[] = [];
  const contexts: DeviceContext<unknown>[] = [];
  const measuring = probe({
    kind: "sensor",
    command: undefined as never,
    measures: { temperature: { digits: 1, range: [-40, 80] } },
    state: z.unknown(),
    setup: async (_options, context) => {
      contexts.push(context);
      context.poll({
        everyMs: 10_000,
        read: async () => {
          if (typeof value !== "number") throw value;
          return { other: 1, temperature: value };
        },
      });
      return {};
    },
  });
  const follower = probe({
    options: { sensor: link("What it follows.", "measure"), output: link("What it drives.", "on_off") },
    setup: async (options, context) => {
      const { sensor: named, output: outputName } = options as { sensor: string; output: string };
      const made = { measure: context.measure(named), output: context.device(outputName) };
      links = made;
      made.measure.watch((reading) => readings.push(reading?.value));
      made.output.watch((on) => states.push(on));
      setup?.({ ...made, context });
      return { command: (word) => (word === "fail" ? Promise.reject(new UserError("broken")) : undefined) };
    },
  });
  const house = await startHouse(order, { kinds: [...kinds, measuring, follower] });
  await house.clock.advance(1_000);
  return {
    ...house,
    readings,
    states,
    contexts,
    last: () => links?.measure.last(),
    output: () => links?.output as DeviceLink,
    set: (next: number | Error) => {
      value = next;
    },
  };
}

describe("a number of another device", () => {
  it.each([
    ["after", yaml(sensor + lamp, it_)],
    ["before", yaml(it_, sensor + lamp)],
  ])("is heard where the other one stands %s it", async (_where, order) => {
    const { readings, set, clock } = await linked(undefined, order);
    set(21);
    await clock.advance(10_000);
    expect(readings).toEqual([20, 21]);
  });

  it("is the only one that the other one measures, where none is named", async () => {
    const { readings } = await linked(undefined, yaml(sensor + lamp, it_.replace("sensor.temperature", "sensor")));
    expect(readings).toEqual([20]);
  });

  it("is suspect once a reading failed, and gone when the sensor is offline; then it comes back", async () => {
    const { readings, last, set, clock } = await linked();
    expect(last()).toMatchObject({ value: 20, quality: "good" });
    set(new UserError("no answer"));
    await clock.advance(10_000);
    expect(last()).toMatchObject({ value: 20, quality: "suspect" });
    await clock.advance(30_000);
    expect(last()).toBeUndefined();
    set(22);
    await clock.advance(60_000);
    expect(last()).toMatchObject({ value: 22, quality: "good" });
    expect(readings.filter((value) => value === undefined)).toHaveLength(1);
    expect(readings.at(-1)).toBe(22);
  });

  it("is stale when three readings are overdue, without any message", async () => {
    const clock = new FakeClock();
    const neighbours = new Neighbours();
    const { device, ...chosen } = { device: "sensor", option: "sensor", role: "measure", written: "sensor.t" } as const;
    const { measure } = deviceLinks({
      id: "it",
      neighbours,
      clock,
      chosen: [{ ...chosen, device, measure: "t" }],
      onStop: () => {},
      fail: () => {},
    });
    neighbours.say("sensor", { state: { t: 5 }, atMs: 0, isSuspect: false, everyMs: 1_000, measured: ["t"] });
    await clock.advance(8_000);
    expect(measure("sensor.t").last()).toMatchObject({ value: 5, quality: "good" });
    await clock.advance(1);
    expect(measure("sensor.t").last()).toMatchObject({ value: 5, quality: "stale" });
  });

  it("is told after the turn in which it was published, and each listener has a copy of its own", async () => {
    const { readings, contexts } = await linked();
    contexts[0]?.report({ temperature: 30 });
    expect(readings).toEqual([20]);
    await settled();
    expect(readings).toEqual([20, 30]);
  });
});

describe("another device", () => {
  it("is ordered without a broker, and the log says by whom", async () => {
    const { output, bus, pins, states, log } = await linked();
    bus.disconnect();
    output().command({ state: "ON", on_time: 60 });
    await settled();
    expect([pins.level(17), output().isOn(), states]).toEqual([1, true, [false, true]]);
    expect(log.at("info")).toMatchObject([{ device: "lamp", payload: "ON", cause: "device:it" }]);
  });

  it("refuses what it would refuse from anybody", async () => {
    const { output, pins } = await linked();
    expect(() => output().command({ state: "ON", on_tme: 60 })).toThrow('there is no "on_tme"');
    expect(pins.level(17)).toBe(0);
  });

  it("is not ordered in the midst of its own turn", async () => {
    const turns: string[] = [];
    const { bus } = await linked(({ output }) => {
      output.watch((on) => {
        turns.push(`heard ${on}`);
        if (on) output.command("off");
      });
    });
    const publish = bus.publish.bind(bus);
    bus.publish = (...message: Parameters<FakeBus["publish"]>) => {
      publish(...message);
      if (message[0] === "lamp/state") turns.push(`said ${message[1]}`);
    };
    turns.length = 0;
    bus.receive("lamp", "on");
    turns.push("the command is done");
    await settled();
    expect(turns).toEqual(["said ON", "the command is done", "heard true", "said OFF", "heard false"]);
  });

  it("is not listened to any more by a run that is over, and again by the next", async () => {
    const { bus, clock, states } = await linked();
    bus.receive("it", "fail");
    await settled();
    states.length = 0;
    bus.receive("lamp", "on");
    await settled();
    expect(states).toEqual([]);
    await clock.advance(1_000);
    expect(states).toEqual([true]);
  });

  it("can only be named by an option, as no other name was checked", async () => {
    const { log } = await startHouse("devices:\n  it: {kind: probe, topic: it}\n", {
      kinds: [probe({ setup: async (_options, context) => void context.device("lamp") as never })],
    });
    expect(log.at("warn")).toMatchObject([{ reason: 'no option that was made with link() names "lamp"' }]);
  });
});
