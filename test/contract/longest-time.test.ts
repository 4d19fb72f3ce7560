import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { optionsFor } from "../../src/config/schema/config-schemas.ts";
import { kindsWithOutputs, understoodCommands } from "./example-house.ts";
import { House } from "./lives.ts";

const step = fc.record({
  what: fc.constantFrom("command", "command", "command", "time", "time", "kill", "stop", "lose broker"),
  number: fc.nat(2_500),
});

const limitedKinds = kindsWithOutputs.filter((kind) => "max_on" in optionsFor(kind));

describe.each(limitedKinds)("an output of the kind $kind", (kind) => {
  const commands = understoodCommands(kind);
  const limited = { ...kind, example: { ...kind.example, max_on: "4s" } };

  it("is never on for longer than max_on, whatever is commanded and however often", async () => {
    let longestMs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const house = new House(limited);
        await house.start();
        for (const { what, number } of steps) {
          if (what === "command") house.command(commands[number % commands.length]);
          else if (what === "time") await house.advance(number);
          else await house.happen(what, number);
        }
        expect(house.longestOnMs).toBeLessThanOrEqual(4_000);
        longestMs = Math.max(longestMs, house.longestOnMs);
        await house.stop();
      }),
      { numRuns: 30 },
    );
    expect(longestMs).toBeGreaterThan(0);
  });
});
