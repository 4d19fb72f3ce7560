import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { optionsFor } from "../../src/config/schema/config-schemas.ts";
import type { DeviceKind } from "../../src/core/kind.ts";
import { runs } from "../property-runs.ts";
import { kindsWithOutputs, understoodCommands } from "./example-house.ts";
import { House } from "./lives.ts";

/** Options by which outputs differ, where a kind has them. */
const choices: Readonly<Record<string, readonly unknown[]>> = {
  active_low: [true, false],
  initial: ["off", "on", "keep", "last"],
  on_exit: ["off", "on", "keep"],
};

/** The kind, with other values of these options in its example. */
function variants(kind: DeviceKind): fc.Arbitrary<DeviceKind> {
  const options = optionsFor(kind);
  const chosen = Object.entries(choices).flatMap(([name, values]) => {
    const schema = options[name] as z.ZodType | undefined;
    const allowed = values.filter((value) => schema?.safeParse(value).success);
    return allowed.length === 0 ? [] : [[name, fc.constantFrom(...allowed)] as const];
  });
  return fc
    .record(Object.fromEntries(chosen))
    .map((more) => ({ ...kind, example: { ...kind.example, ...(more as Record<string, unknown>) } }));
}

/** What can happen in a house, with the number that some of it needs. */
const step = fc.record({
  what: fc.oneof(
    { weight: 8, arbitrary: fc.constant("command") },
    { weight: 4, arbitrary: fc.constant("time") },
    {
      weight: 4,
      arbitrary: fc.constantFrom("kill", "kill and safe-state", "stop", "break", "repair", "outside", "lose broker"),
    },
  ),
  number: fc.nat(10_000),
});

/** Kinds whose state says whether an output is on. */
const tellingKinds = kindsWithOutputs.filter(({ state }) => JSON.stringify(z.toJSONSchema(state)).includes('"ON"'));

describe.each(tellingKinds)("what the kind $kind says last of its outputs", (kind) => {
  const commands = understoodCommands(kind);

  it("is what they do, through restarts, kills, failing pins and other programs", async () => {
    await fc.assert(
      fc.asyncProperty(variants(kind), fc.array(step, { maxLength: 20 }), async (variant, steps) => {
        const house = new House(variant);
        await house.start();
        for (const { what, number } of steps) {
          if (what === "command") house.command(commands[number % commands.length]);
          else if (what === "time") await house.advance(number);
          else await house.happen(what, number);
          expect(await house.lie(), `after ${what}`).toBeUndefined();
        }
        await house.stop();
        expect(await house.lie(), "after the last stop").toBeUndefined();
      }),
      { numRuns: runs(20) },
    );
  });
});
