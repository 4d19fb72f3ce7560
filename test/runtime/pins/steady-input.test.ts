import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Level } from "../../../src/core/hardware/gpio.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { chosenPin, pinBench } from "../../fakes/pins/pin-bench.ts";
import { queuedEdges } from "../../fakes/pins/queued-edges.ts";

/** An input whose edges wait until the test tells them. */
async function watched(debounceMs: number, debounced: boolean) {
  const clock = new FakeClock();
  const pin = queuedEdges(clock, 0, debounced);
  const bench = pinBench([chosenPin(5, "input")], { clock, bank: pin.bank });
  const changes: { isActive: boolean; atMs: number }[] = [];
  await bench.gpio.input(5, { debounceMs, onState: (isActive, atMs) => changes.push({ isActive, atMs }) });
  return { ...bench, ...pin, changes };
}

describe("a watched input", () => {
  it("tells its level at the claim, with the time", async () => {
    const { changes } = await watched(10, false);
    expect(changes).toEqual([{ isActive: false, atMs: 0 }]);
  });

  it.each([
    ["by the kernel", true, 0],
    ["by us", false, 30],
  ])(
    "tells each level that stood still, with its time, when the edges come late: debounced %s",
    async (_by, debounced, lagMs) => {
      const { changes, clock, move, tellEdges } = await watched(30, debounced);
      for (const level of [1, 0, 1, 0] as const) {
        move(level);
        clock.stall(100);
      }
      await clock.advance(0);
      tellEdges();
      await clock.advance(100);
      expect(changes.slice(1)).toEqual(
        [0, 100, 200, 300].map((atMs, index) => ({ isActive: index % 2 === 0, atMs: atMs + lagMs })),
      );
    },
  );

  it("does not take a level for one that stood still while the machine was busy and edges wait", async () => {
    const { changes, clock, move, tellEdges } = await watched(30, false);
    move(1);
    tellEdges();
    clock.stall(5);
    move(0);
    clock.stall(500);
    // The timer for the first edge is due, and runs before the second one is read.
    await clock.advance(0);
    tellEdges();
    await clock.advance(1_000);
    expect(changes).toEqual([{ isActive: false, atMs: 0 }]);
  });

  it("settles also where a backend's time is a little ahead of ours", async () => {
    const { changes, clock, move, tellEdges } = await watched(30, false);
    move(1);
    tellEdges(7);
    await clock.advance(30);
    expect(changes.at(-1)).toEqual({ isActive: true, atMs: 30 });
  });

  it.each([
    [true, 30],
    [false, 30],
    [false, 0],
  ])("finds a level whose edge got lost (debounced by the kernel: %s, %s ms)", async (debounced, debounceMs) => {
    const { changes, clock, move } = await watched(debounceMs, debounced);
    move(1);
    await clock.advance(2_100);
    expect(changes.map(({ isActive }) => isActive)).toEqual([false, true]);
  });

  it("never tells the same level twice in a row, nor an earlier time after a later one, whatever comes when", async () => {
    const steps = fc.array(fc.record({ level: fc.constantFrom(0, 1), ms: fc.nat(60), isTold: fc.boolean() }));
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), fc.constantFrom(0, 20), async (some, debounced, debounceMs) => {
        const { changes, clock, move, tellEdges } = await watched(debounceMs, debounced);
        for (const { level, ms, isTold } of some) {
          move(level as Level);
          clock.stall(ms);
          await clock.advance(0);
          if (isTold) tellEdges();
        }
        tellEdges();
        await clock.advance(5_000);
        for (const [index, { isActive, atMs }] of changes.entries()) {
          expect(isActive).toBe(index % 2 === 1);
          expect(atMs).toBeGreaterThanOrEqual(changes[index - 1]?.atMs ?? 0);
        }
        expect(changes.at(-1)?.isActive).toBe(some.at(-1)?.level === 1);
      }),
    );
  });
});
