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
