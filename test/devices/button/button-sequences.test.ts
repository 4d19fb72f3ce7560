import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Level } from "../../../src/core/hardware/gpio.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { queuedEdges } from "../../fakes/pins/queued-edges.ts";
import { runs } from "../../property-runs.ts";
import { debounceMs, withButton } from "./pressed-button.ts";
import { type Held, told } from "./presses.ts";

/** How long each stretch lasts, in which the button is held or not in turns; in the first it is not. */
const hands = fc.array(fc.integer({ min: 1, max: 1_500 }), { minLength: 1, maxLength: 40 });
/** Short times are frequent, so that contacts spring and rows come about. */
const springing = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 45 }), fc.integer({ min: 46, max: 500 }), fc.integer({ min: 501, max: 2_000 })),
  { minLength: 1, maxLength: 60 },
);
const anyRules = fc.record({
  most: fc.constantFrom(1, 2, 3),
  gapMs: fc.integer({ min: 50, max: 600 }),
  longMs: fc.oneof(fc.constant(0), fc.integer({ min: 200, max: 1_000 })),
  repeatMs: fc.constantFrom(0, 70, 300),
});
/** Only a long press can be repeated. */
const possible = <Some extends { longMs: number; repeatMs: number }>(some: Some) => ({
  ...some,
  repeatMs: some.longMs > 0 ? some.repeatMs : 0,
});
const rules = anyRules.map(possible);
/** At the end nobody presses for long. */
const letGo: Held = { isPressed: false, ms: 60_000 };
const written = ({
  most,
  gapMs,
  longMs,
  repeatMs,
}: {
  most: number;
  gapMs: number;
  longMs: number;
  repeatMs: number;
}) =>
  `, presses: ${most}, double_time: ${gapMs}ms, long_time: ${longMs}ms${repeatMs > 0 ? `, repeat_time: ${repeatMs}ms` : ""}`;

describe("any sequence of presses", () => {
  it("is told as its times say, at once and bouncing as it may", async () => {
    await fc.assert(
      fc.asyncProperty(springing, rules, fc.boolean(), async (times, some, startsPressed) => {
        const clock = new FakeClock();
        const pins = simulatedBank(clock);
        let level: Level = startsPressed ? 0 : 1;
        pins.drive(5, level);
        const { events } = await withButton(written(some), { clock, pins });
        const held: Held[] = [{ isPressed: startsPressed, ms: times[0] ?? 1 }];
        await clock.advance(times[0] ?? 1);
        for (const ms of times.slice(1)) {
          level = level === 0 ? 1 : 0;
          pins.drive(5, level);
          held.push({ isPressed: level === 0, ms });
          await clock.advance(ms);
        }
        held.push(letGo);
        pins.drive(5, 1);
        await clock.advance(60_000);
        expect(events()).toEqual(told(held, debounceMs, some));
      }),
      { numRuns: runs(60) },
    );
  });

  it("is told as its times say, however late the machine gets to it", async () => {
    await fc.assert(
      fc.asyncProperty(hands, rules, fc.array(fc.integer({ min: 0, max: 3_000 })), async (times, some, stalls) => {
        const clock = new FakeClock();
        const pin = queuedEdges(clock, 1, true);
        const { events } = await withButton(written(some), { clock, bank: pin.bank });
        const held = [...times.map((ms, index): Held => ({ isPressed: index % 2 === 1, ms })), letGo];
        const pauses = [...stalls];
        let atMs = 0;
        const changes = held.slice(1).map(({ isPressed }, index) => {
          atMs += held[index]?.ms ?? 0;
          return { level: isPressed ? 0 : 1, atMs } as const;
        });
        while (changes[0] !== undefined) {
          await clock.advance(Math.max(0, changes[0].atMs - 1 - clock.monotonicMs()));
          // Nothing runs for a while. Then the timers that are due run, then what waits is read, and then timers that were set meanwhile.
          clock.stall(1 + (pauses.shift() ?? 0));
          while (changes[0] !== undefined && changes[0].atMs <= clock.monotonicMs()) {
            const { level, atMs: changedMs } = changes[0];
            pin.move(level, changedMs);
            changes.shift();
          }
          clock.after(0, () => pin.tellEdges());
          await clock.advance(0);
        }
        await clock.advance(60_000);
        expect(events()).toEqual(told(held, 0, some));
      }),
      { numRuns: runs(100) },
    );
  });
});
