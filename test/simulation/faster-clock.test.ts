import { expect, it } from "vitest";
import { fasterClock } from "../../src/simulation/faster-clock.ts";
import { FakeClock } from "../fakes/clock.ts";

it("lets an hour pass in a minute, for timers and for both kinds of time", async () => {
  const clock = new FakeClock();
  const fast = fasterClock(clock, 60);
  const startedAt = fast.now().getTime();
  let ranAtMs: number | undefined;
  fast.after(3_600_000, () => {
    ranAtMs = fast.monotonicMs();
  });
  await clock.advance(59_999);
  expect(ranAtMs).toBeUndefined();
  await clock.advance(1);
  expect(ranAtMs).toBe(3_600_000);
  expect(fast.now().getTime() - startedAt).toBe(3_600_000);
});

it.each([3, 7, 0.3, 9_999])("runs no timer early by a rounding, %i times faster", async (speed) => {
  const clock = new FakeClock();
  await clock.advance(12_345);
  const fast = fasterClock(clock, speed);
  const left: number[] = [];
  for (let ms = 1; ms <= 1_000; ms += 1) {
    const dueMs = fast.monotonicMs() + ms;
    fast.after(ms, () => left.push(dueMs - fast.monotonicMs()));
  }
  await clock.advance(10_000);
  expect(left).toHaveLength(1_000);
  expect(Math.max(...left)).toBeLessThanOrEqual(0);
});

it("takes a timer back, whatever became of it", async () => {
  const clock = new FakeClock();
  const cancel = fasterClock(clock, 10).after(1_000, () => expect.fail("the timer ran"));
  cancel();
  cancel();
  await clock.advance(1_000);
  expect(clock.pending).toBe(0);
});
