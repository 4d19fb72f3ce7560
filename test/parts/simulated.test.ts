import { describe, expect, it } from "vitest";
import * as z from "zod";
import { driftsOf } from "../../src/core/simulation/pretend.ts";
import { kinds } from "../fakes/kinds.ts";
import { startSensor } from "../fakes/sensor.ts";
import { FakeTree } from "../fakes/tree.ts";

/** The kinds that are read through files of a bus, with the files that they pretend for values in the middle. */
const pretended = kinds.flatMap(({ kind, options, example, pretend }) => {
  const chosen = z.object(options).parse(example) as Record<string, unknown>;
  const drifts = Object.entries(driftsOf(pretend, chosen));
  const values = Object.fromEntries(drifts.map(([name, { middle }]) => [name, middle]));
  const files = pretend?.files?.(chosen, values) ?? {};
  return Object.keys(files).some((path) => path.startsWith("/sys/bus/")) ? [{ kind, example, values, files }] : [];
});

describe.each(pretended)("a simulated $kind", ({ kind, example, values, files }) => {
  it("is read to the values that it was given", async () => {
    const { topic: _topic, ...options } = example;
    const written = JSON.stringify({ kind, ...options }).slice(1, -1);
    const { reading, log } = await startSensor(written, { files: new FakeTree(files) });
    expect(log.at("warn")).toEqual([]);
    for (const [name, value] of Object.entries(values)) {
      // A flag is published as a word. Converters have steps, of about a hundredth of the usual values.
      const read = reading()[name];
      const number = read === "ON" ? 1 : read === "OFF" ? 0 : Number(read);
      expect(Math.abs(number - value)).toBeLessThan(0.01 * Math.abs(value) + 0.1);
    }
  });
});
