import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { z } from "zod";
import { type DeviceKind, exampleDevices } from "../../src/core/kind.ts";
import { pinOptions } from "../../src/core/pin.ts";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { FakeClock } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { kinds } from "../fakes/kinds.ts";
import { startExample } from "./example-house.ts";

/** A payload as its reader sees it: a word, or the values without the time. */
function reading(payload: string | undefined): unknown {
  if (!payload?.startsWith("{")) return payload;
  const { ts, ...values } = JSON.parse(payload) as Record<string, unknown>;
  expect(ts).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  return values;
}

describe.each(kinds)("the kind $kind", (kind) => {
  it("describes itself and every option with a sentence", () => {
    expect(kind.summary).toMatch(/^[A-Z].*\.$/);
    const { properties = {} } = z.toJSONSchema(z.object(kind.options), { io: "input" });
    for (const property of Object.values(properties))
      expect((property as { description?: string }).description).toMatch(/^[A-Z].*\.$/);
  });

  it("names its options in snake_case", () => {
    for (const name of Object.keys(kind.options)) expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
  });

  it("means with its pins only what it has options for, or what is known", () => {
    const words = {
      activeLow: [],
      pull: ["up", "down", "none"],
      initial: ["off", "on", "keep"],
      rest: ["off", "on", "keep"],
    };
    for (const {
      meaning: { part: _part, ...meaning },
    } of pinOptions(kind.options).values())
      for (const [name, meant] of Object.entries(meaning))
        if (typeof meant === "string")
          expect([...Object.keys(kind.options), ...words[name as keyof typeof words]]).toContain(meant);
  });

  it("runs from its own example: comes online and publishes a state that its schema allows", async () => {
    const { bus, topics, log } = await startExample(kind);
    expect(bus.retained.get(topics.availability)).toBe("online");
    expect(kind.state.safeParse(reading(bus.retained.get(topics.state))).success).toBe(true);
    expect(log.at("warn")).toEqual([]);
  });

  it("says everything again to a broker that forgot it", async () => {
    const { bus, topics } = await startExample(kind);
    const before = bus.retained.get(topics.state);
    bus.disconnect({ forget: true });
    bus.connect();
    expect(bus.retained.get(topics.state)).toBe(before);
    expect(bus.retained.get(topics.availability)).toBe("online");
  });

  it("gives back its timers and pins when it stops, and is offline then", async () => {
    const pins = simulatedBank();
    const { agent, clock, bus, topics } = await startExample(kind, { pins });
    await agent.stop();
    expect(clock.pending).toBe(0);
    expect(bus.retained.get(topics.availability)).toBe("offline");
    const again = await startExample(kind, { pins });
    expect(again.bus.retained.get(topics.availability)).toBe("online");
  });
});

/** A kind that only orders and follows others has nothing that can be missing. */
const hasHardware = ({ options, pretend }: DeviceKind) => pretend?.values !== undefined || pinOptions(options).size > 0;

describe.each(kinds.filter(hasHardware))("the kind $kind, which has hardware", (kind) => {
  it("is offline with one reason, and leaves the others alone, where its hardware is missing", async () => {
    const others = kinds.find((candidate) => candidate.kind === "relay") as DeviceKind;
    const yaml = stringify({
      devices: {
        ...exampleDevices("it", kind),
        it: { kind: kind.kind, ...kind.example, topic: "it" },
        lamp: { kind: others.kind, topic: "lamp", pin: 26 },
      },
    });
    const clock = new FakeClock();
    const pins = simulatedBank();
    const bank = {
      ...pins,
      output: async (pin: number, request: Parameters<typeof pins.output>[1]) => {
        if (pin !== 26) throw new Error("there is no such pin");
        return pins.output(pin, request);
      },
      input: () => Promise.reject(new Error("there is no such pin")),
      pwm: () => Promise.reject(new Error("there is no such pin")),
    };
    const { bus, log } = await startHouse(yaml, { clock, bank });
    await clock.advance(30 * 60_000);
    expect(bus.retained.get("it/availability")).toBe("offline");
    expect(log.at("warn").filter(({ device }) => device === "it")).toHaveLength(1);
    bus.receive("lamp/set", "on");
    expect(bus.retained.get("lamp/state")).toBe("ON");
  });
});

describe.each(kinds.filter(({ command }) => command !== undefined))("the kind $kind, which takes commands", (kind) => {
  it("refuses nonsense without a change", async () => {
    const { bus, topics, log } = await startExample(kind);
    const before = bus.published.length;
    const [topic = ""] = topics.commands;
    const nonsense = [
      "",
      " ",
      "{",
      "[]",
      "{}",
      "null",
      "\0on",
      '{"state":{}}',
      "[".repeat(3000),
      "x".repeat(1024 * 1024),
    ];
    for (const payload of nonsense) bus.receive(topic, payload);
    bus.receive(topic, new Uint8Array([0xff, 0xfe]));
    expect(bus.published).toHaveLength(before);
    // The first is told as a warning, the others only to whoever debugs.
    const refusals = log.lines.filter(({ message }) => message === "refused a command");
    expect(refusals).toHaveLength(nonsense.length + 1);
    expect(log.at("warn")).toHaveLength(1);
    for (const { payload } of refusals) expect(String(payload).length).toBeLessThanOrEqual(41);
  });
});
