import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InputRequest, Level } from "../../../src/core/hardware/gpio.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { chosenPin, pinBench } from "../../fakes/pins/pin-bench.ts";
import { queuedEdges } from "../../fakes/pins/queued-edges.ts";

/** No whole number of milliseconds, so that no edge comes at the very end of a window or of several. */
const windowMs = 20 + 1 / 128;

interface Change {
  readonly isActive: boolean;
  readonly atMs: number;
}

/** An input that reacts at once. Its edges wait until the test tells them. */
async function watched(debounced = false) {
  const clock = new FakeClock();
  const pin = queuedEdges(clock, 0, debounced);
  const claims: InputRequest[] = [];
  const input: typeof pin.bank.input = (number, request) => {
    claims.push(request);
    return pin.bank.input(number, request);
  };
  const bench = pinBench([chosenPin(5, "input")], { clock, bank: { ...pin.bank, input } });
  const changes: Change[] = [];
  const onState = (isActive: boolean, atMs: number) => void changes.push({ isActive, atMs });
  await bench.gpio.input(5, { debounceMs: windowMs, debounceMode: "leading", onState });
  /** The level is another one for so long; the edge is told at once. */
  const hold = async (level: Level, ms: number) => {
    pin.move(level);
    pin.tellEdges();
    await clock.advance(ms);
  };
  return { ...bench, ...pin, hold, changes, claims };
}

/** What should be told of a level that is high or low in turns, by looking for the next moment at which it counts. */
function expected(edges: readonly { readonly level: Level; readonly atMs: number }[]): Change[] {
  const isActiveAt = (ms: number) => edges.findLast(({ atMs }) => atMs <= ms)?.level === 1;
  const changes: Change[] = [{ isActive: false, atMs: 0 }];
  let lockedUntilMs = 0;
  for (let counted = false; ; counted = !counted) {
    const moments = [lockedUntilMs, ...edges.map(({ atMs }) => atMs).filter((atMs) => atMs > lockedUntilMs)];
    const atMs = moments.find((moment) => isActiveAt(moment) !== counted);
    if (atMs === undefined) return changes;
    changes.push({ isActive: !counted, atMs });
    lockedUntilMs = atMs + windowMs;
  }
}

describe("an input that reacts at once", () => {
  it("tells the first edge at once, and none within the window", async () => {
    const { changes, clock, hold } = await watched();
    await clock.advance(100);
    await hold(1, 0);
    expect(changes.slice(1)).toEqual([{ isActive: true, atMs: 100 }]);
    for (const level of [0, 1, 0, 1] as const) await hold(level, 4);
    await clock.advance(100);
    expect(changes).toHaveLength(2);
  });

  it("tells at the end of the window what the level is by then", async () => {
    const { changes, hold } = await watched();
    await hold(1, 5);
    await hold(0, 15);
    expect(changes).toHaveLength(2);
    await hold(0, 1);
    expect(changes.at(-1)).toEqual({ isActive: false, atMs: windowMs });
  });

  it("finds the last level also where its edge got lost, in the window and after it", async () => {
    for (const laterMs of [5, 500]) {
      const { changes, clock, hold, move } = await watched();
      await hold(1, laterMs);
      move(0);
      await clock.advance(2_100);
      expect(changes.map(({ isActive }) => isActive)).toEqual([false, true, false]);
    }
  });

  it("lets no backend debounce, which would hold back the first edge", async () => {
    const { claims } = await watched();
    expect(claims.map(({ debounceMs }) => debounceMs)).toEqual([0]);
  });

  it("is told by the time stamps alone, at once or late", async () => {
    const holds = fc.array(
      fc.record({
        ms: fc.oneof(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 200 })),
        lateMs: fc.nat(60),
      }),
    );
    await fc.assert(
      fc.asyncProperty(holds, fc.boolean(), async (some, isLate) => {
        const { changes, clock, move, tellEdges } = await watched();
        const edges: { level: Level; atMs: number }[] = [];
        let atMs = 0;
        for (const [index, { ms, lateMs }] of some.entries()) {
          atMs += ms;
          const level = index % 2 === 0 ? 1 : 0;
          edges.push({ level, atMs });
          if (isLate) {
            // Nothing runs for a while; several edges may wait by then.
            clock.stall(Math.max(0, atMs - clock.monotonicMs()));
            move(level, atMs);
            clock.stall(lateMs);
            const next = some[index + 1];
            if (next !== undefined && atMs + next.ms <= clock.monotonicMs()) continue;
          } else {
            await clock.advance(atMs - clock.monotonicMs());
            move(level);
          }
          tellEdges();
        }
        await clock.advance(5_000);
        expect(changes).toEqual(expected(edges));
      }),
    );
  });

  it("tells the last level in the end, never the same twice, and none within the window, whatever gets lost", async () => {
    const steps = fc.array(fc.record({ level: fc.constantFrom(0, 1), ms: fc.nat(60), isTold: fc.boolean() }));
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (some, runsTimers) => {
        const { changes, clock, move, tellEdges } = await watched();
        for (const { level, ms, isTold } of some) {
          move(level as Level);
          if (runsTimers) await clock.advance(ms);
          else clock.stall(ms);
          if (isTold) tellEdges();
        }
        await clock.advance(5_000);
        for (const [index, { isActive, atMs }] of changes.entries()) {
          expect(isActive).toBe(index % 2 === 1);
          if (index > 1) expect(atMs - (changes[index - 1]?.atMs ?? 0)).toBeGreaterThanOrEqual(windowMs);
        }
        expect(changes.at(-1)?.isActive).toBe(some.at(-1)?.level === 1);
      }),
    );
  });
});
