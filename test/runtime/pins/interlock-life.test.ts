import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PinName } from "../../../src/core/hardware/pin-name.ts";
import { runs } from "../../property-runs.ts";
import { type Change, Motor, type Name, names, pinOf, waitMs, yamlOf } from "./motor.ts";

/** What can happen to the motor. */
type Step =
  | { readonly do: "command"; readonly name: Name; readonly word: string }
  | { readonly do: "pass"; readonly ms: number }
  | { readonly do: "stick" | "loosen"; readonly name: Name }
  | { readonly do: "kill" | "restart" };

const name = fc.constantFrom(...names);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("command" as const),
      name,
      word: fc.constantFrom("on", "on", "off", "toggle", '{"state":"on","on_time":2}'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("pass" as const),
      ms: fc.constantFrom(1, 100, 499, 500, 501, 2_000, 70_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("stick" as const, "loosen" as const), name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("kill" as const, "restart" as const) }) },
);

const limit = fc.constantFrom(
  "",
  ", min_on: 3s",
  ", min_off: 2s",
  ", max_on: 5s",
  ", auto_off: 1s",
  ", min_interval: 700ms",
  ", initial: last",
  ", initial: keep",
  ", initial: last, min_off: 1s",
);

/** What must be true of all changes: never two on, and all off for the wait before another one than before goes on. */
function assertHeld(changes: readonly Change[]): void {
  let on: PinName | undefined;
  let before: PinName | undefined;
  let offAtMs = Number.NEGATIVE_INFINITY;
  for (const change of changes) {
    if (!change.on) {
      if (on === change.pin) [on, before, offAtMs] = [undefined, change.pin, change.atMs];
      continue;
    }
    expect(on === undefined || on === change.pin, `${JSON.stringify(changes)}`).toBe(true);
    if (before !== undefined && before !== change.pin)
      expect(change.atMs - offAtMs, JSON.stringify(changes)).toBeGreaterThanOrEqual(waitMs);
    on = change.pin;
  }
}

describe("an interlock group, whatever is commanded, fails or is killed", () => {
  it("never has two on, keeps its wait, and says what the pins are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), limit, limit, limit, async (steps, up, down, aside) => {
        const made = new Motor(yamlOf({ up, down, aside }));
        await made.start();
        for (const one of steps) {
          if (one.do === "command") made.house?.bus.receive(one.name, one.word);
          else if (one.do === "pass") await made.clock.advance(one.ms);
          else if (one.do === "stick") made.stuck.add(pinOf[one.name]);
          else if (one.do === "loosen") made.stuck.delete(pinOf[one.name]);
          else if (one.do === "kill") {
            made.kill();
            await made.start();
          } else {
            await made.house?.agent.stop();
            await made.start();
          }
          assertHeld(made.changes);
        }
        await made.clock.advance(10);
        for (const of of names) {
          if (made.house?.bus.retained.get(`${of}/availability`) !== "online") continue;
          expect(made.house.bus.retained.get(`${of}/state`)).toBe(made.isOn(of) ? "ON" : "OFF");
        }
      }),
      { numRuns: runs(100) },
    );
  });
});
