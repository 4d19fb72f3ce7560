import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeviceKind } from "../../src/core/kind.ts";
import { runs } from "../property-runs.ts";
import { kindsWithOutputs, understoodCommands } from "./example-house.ts";
import { House } from "./lives.ts";

async function hasSelector(kind: DeviceKind): Promise<boolean> {
  const house = new House(kind);
  await house.start();
  await house.stop();
  return house.hasSelector;
}

const having = await Promise.all(kindsWithOutputs.map(hasSelector));
const selectingKinds = kindsWithOutputs.filter((_kind, index) => having[index]);

const step = fc.record({
  what: fc.constantFrom(
    ...(["command", "command", "command", "command", "time", "time"] as const),
    ...(["kill", "kill and safe-state", "stop", "break", "repair", "lose broker"] as const),
  ),
  number: fc.nat(3_000),
});

describe.each(selectingKinds)("outputs of the kind $kind of which never two are on", (kind) => {
  const commands = understoodCommands(kind);
  const hasPolarity = "active_low" in kind.options;

  it("keep to it and to their dead time, through kills, restarts and failing lines", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, activeLow) => {
        const house = new House({
          ...kind,
          example: { ...kind.example, ...(hasPolarity && { active_low: activeLow }) },
        });
        await house.start();
        for (const { what, number } of steps) {
          if (what === "command") house.command(commands[number % commands.length]);
          else if (what === "time") await house.advance(number);
          else await house.happen(what, number);
        }
        await house.stop();
        expect(house.faults).toEqual([]);
      }),
      { numRuns: runs(30) },
    );
  });
});
