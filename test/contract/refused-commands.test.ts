import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeviceKind } from "../../src/core/kind.ts";
import { chosenPins } from "../../src/core/pin.ts";
import type { SimulatedBank } from "../../src/gpio/simulated.ts";
import { kinds } from "../fakes/kinds.ts";
import { runs } from "../property-runs.ts";
import { exampleSettings, misunderstoodCommands, startExample, understoodCommands } from "./example-house.ts";

/** What nobody means, in every form that can arrive. */
const garbage = [
  ..."ON!|o n|onn|switch on|yes please|NaN|Infinity|-Infinity|1e999|-1|101|256|1.5.2|0x10|٣|ＯＮ|on\n|on off|%|5 %|--5".split(
    "|",
  ),
  ...['"', '"on', '{"state"}', "{'state':'ON'}", '{"state":"ON"', '{"state":"ON",}', "[1,2]", '["on"]', "[[[[]]]]"],
  ...['{"state":null}', '{"state":[]}', '{"state":{"state":"ON"}}', '{"state":"ON","nonsense":1}', '{"ON":"state"}'],
  ...['{"state":"ON","on_time":-1}', '{"state":"ON","on_time":"soon"}', '{"state":"ON","on_time":1e12}'],
  ...['{"position":101}', '{"position":-1}', '{"position":null}', '{"position":"half"}', '{"position":1e400}'],
  ...['{"brightness":-5}', '{"brightness":{}}', '{"brightness":1000000}', '{"total":-1}', '{"total":"x"}'],
  ...['{"target":1000000}', '{"target":null}', '{"mode":"nonsense"}', '{"mode":7}', '{"preset":"nonsense"}'],
  ...['{"percentage":-1}', '{"percentage":101}', '{"angle":100000}', '{"tone":"nonsense"}', '{"tilt":-1}'],
  ...['{"__proto__":{"state":"ON"}}', '{"constructor":1}', '{"toString":"on"}', `{"state":"${"O".repeat(3_000)}N"}`],
  ..."state mode target position brightness percentage tone preset effect color total value on_time"
    .split(" ")
    .map((key) => `{"${key}":{"toString":1,"valueOf":1,"toJSON":1}}`),
];

/** All that has ever happened on the pins of the example. */
const movesOf = (kind: DeviceKind, pins: SimulatedBank) =>
  exampleSettings(kind)
    .flatMap((device) => chosenPins(device.kind.options, device.options))
    .map(({ pin }) => [pin, pins.history(pin).length, pins.duty(pin)]);

describe.each(kinds.filter(({ command }) => command !== undefined))("a command to the kind $kind", (kind) => {
  it("that is understood by no schema moves no pin, changes no state and harms nobody", async () => {
    const { bus, pins, clock, log, topics } = await startExample(kind);
    const state = bus.retained.get(topics.state);
    const before = movesOf(kind, pins);
    const refused = misunderstoodCommands(kind, garbage);
    expect(refused.length).toBeGreaterThan(garbage.length / 2);
    for (const { topic, payload } of refused) bus.receive(topic, payload);
    await clock.advance(0);
    expect(movesOf(kind, pins)).toEqual(before);
    expect(bus.retained.get(topics.state)).toBe(state);
    expect(bus.retained.get(topics.availability)).toBe("online");
    expect(log.at("error")).toEqual([]);
  });

  it("that is retained moves no pin, however right it is", async () => {
    const { bus, pins, clock } = await startExample(kind);
    const before = movesOf(kind, pins);
    const right = understoodCommands(kind);
    expect(right).not.toEqual([]);
    for (const { topic, payload } of right) bus.receive(topic, payload, { retained: true });
    await clock.advance(0);
    expect(movesOf(kind, pins)).toEqual(before);
  });

  it("of any form whatever is answered, and moves a pin only where it is accepted", async () => {
    const { bus, pins, clock, topics } = await startExample(kind);
    const keys = ["state", ...topics.commands, ...Object.keys(topics.setters), "on_time", "brightness", "mode"];
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom("ON", "off", "toggle", 0, 1, 50, -1, 1e9));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 3 }), async (command) => {
        const [topic = ""] = topics.commands;
        const before = movesOf(kind, pins);
        bus.receive(topic, JSON.stringify({ ...command, id: "asked" }));
        await clock.advance(0);
        const { id, accepted } = JSON.parse(bus.on(topics.result).at(-1) ?? "{}");
        expect(id).toBe("asked");
        if (accepted !== true) expect(movesOf(kind, pins)).toEqual(before);
      }),
      { numRuns: runs(100) },
    );
  });
});
