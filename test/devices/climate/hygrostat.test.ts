import { describe, expect, it } from "vitest";
import { z } from "zod";
import { FakeClock, settled } from "../../fakes/clock.ts";
import { startHouse } from "../../fakes/house.ts";
import { kinds } from "../../fakes/kinds.ts";
import { probe } from "../../fakes/probe.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";

const everyMs = 10_000;

/** A bath with a sensor of its air, a humidifier, a dehumidifier, and a hygrostat called `it`. */
async function bath(hygrostat: string, first = 50, stateFile = new FakeStateFile()) {
  let humidity: number | null = first;
  const sensor = probe({
    kind: "air",
    command: undefined as never,
    measures: { humidity: { device_class: "humidity", digits: 1, range: [0, 100] } },
    state: z.unknown(),
    setup: async (_options, context) => {
      context.poll({ everyMs, read: async () => ({ humidity }) });
      return {};
    },
  });
  const yaml = `devices:
  it: {kind: hygrostat, topic: it, sensor: air.humidity, ${hygrostat}}
  air: {kind: air, topic: air}
  humidifier: {kind: relay, topic: humidifier, pin: 17}
  dehumidifier: {kind: relay, topic: dehumidifier, pin: 27}
`;
  const clock = new FakeClock();
  const house = await startHouse(yaml, { clock, stateFile, kinds: [...kinds, sensor] });
  await clock.advance(1_000);
  return {
    ...house,
    async read(next: number | null) {
      humidity = next;
      await clock.advance(everyMs);
    },
    on: () =>
      [house.pins.level(17) === 1 && "humidifier", house.pins.level(27) === 1 && "dehumidifier"].filter(Boolean),
    state(): Record<string, unknown> {
      const { ts: _ts, ...values } = JSON.parse(house.bus.retained.get("it/state") ?? "{}") as Record<string, unknown>;
      return values;
    },
  };
}

const both = "humidifier: humidifier, dehumidifier: dehumidifier";

describe("a hygrostat", () => {
  it("humidifies from three percent below the target to the target, and dries from three above it", async () => {
    const { read, on, state } = await bath(`${both}, mode: on`);
    const seen: unknown[] = [];
    for (const humidity of [48, 47, 49, 50, 52, 53, 51, 50]) {
      await read(humidity);
      seen.push([humidity, on(), state()["action"]]);
    }
    expect(seen).toEqual([
      [48, [], "idle"],
      [47, ["humidifier"], "humidifying"],
      [49, ["humidifier"], "humidifying"],
      [50, [], "idle"],
      [52, [], "idle"],
      [53, ["dehumidifier"], "drying"],
      [51, ["dehumidifier"], "drying"],
      [50, [], "idle"],
    ]);
  });

  it.each([
    ["humidifier: humidifier", 40, ["humidifier"]],
    ["humidifier: humidifier", 60, []],
    ["dehumidifier: dehumidifier", 40, []],
    ["dehumidifier: dehumidifier", 60, ["dehumidifier"]],
  ])("does with %s alone at %s % what that can", async (output, humidity, expected) => {
    const { bus, on, state } = await bath(output, humidity);
    expect([on(), state()]).toMatchObject([[], { mode: "off", action: "off" }]);
    bus.receive("it", "ON");
    expect([on(), state()]).toMatchObject([expected, { mode: "on", target: 50, current: humidity }]);
  });

  it("is off without a good reading", async () => {
    const { read, on, state } = await bath(`${both}, mode: on`, 40);
    expect(on()).toEqual(["humidifier"]);
    await read(null);
    expect([on(), state()]).toMatchObject([[], { current: null, sensor: "missing" }]);
  });

  it.each([
    ["it/set", "off", { mode: "off" }],
    ["it/mode/set", "off", { mode: "off" }],
    ["it/target/set", "60", { target: 60 }],
    ["it/target/set", "60.4", { target: 60 }],
    ["it/set", '{"preset":"away"}', { preset: "away", target: 40 }],
    ["it/preset/set", "away", { preset: "away", target: 40 }],
  ])("takes on %s the command %s, and keeps it", async (topic, payload, expected) => {
    const stateFile = new FakeStateFile();
    const { bus, state } = await bath(`${both}, mode: on, presets: {away: 40}`, 50, stateFile);
    bus.receive(topic, payload);
    expect(state()).toMatchObject(expected);
    await settled();
    const next = await bath(`${both}, mode: on, presets: {away: 40}`, 50, stateFile);
    expect(next.state()).toMatchObject(expected);
  });

  it.each([
    ["it/set", "humid", "say off or on"],
    ["it/set", "heat", "say off or on"],
    ["it/target/set", "81", "target is from 30 to 80 %"],
    ["it/target/set", "damp", "target is a number in %, such as 52"],
    [
      "it/set",
      '{"humidity":60}',
      'there is no "humidity" in a command to a hygrostat; say {"mode":"off"} or {"target":51}',
    ],
  ])("refuses on %s the command %s", async (topic, payload, reason) => {
    const { bus, state, log } = await bath(both);
    const before = state();
    bus.receive(topic, payload);
    expect(log.at("warn")).toMatchObject([{ reason }]);
    expect(state()).toEqual(before);
  });
});
