import { Beats } from "../../src/runtime/device/beats.ts";
import { startSampling } from "../../src/runtime/device/sampler.ts";
import { takingTurns } from "../../src/runtime/device/taking-turns.ts";
import { FakeClock } from "../fakes/clock.ts";

/** A sensor that is read on a clock that a test moves, from its first beat at 0 on. */
export function sampling(
  read: () => Promise<number>,
  everyMs: number,
  oneAtATime?: string,
  clock = new FakeClock(),
  { inTurn = takingTurns(), beats = new Beats(clock, () => 0), timeoutMs = undefined as number | undefined } = {},
) {
  const readings: number[] = [];
  const failures: number[] = [];
  const times: number[] = [];
  const cancel = startSampling(
    {
      everyMs,
      oneAtATime,
      timeoutMs,
      read: () => {
        times.push(clock.monotonicMs());
        return read();
      },
    },
    {
      clock,
      beats,
      inTurn,
      onReading: (value) => readings.push(value as number),
      onFailure: (_error, inARow) => failures.push(inARow),
    },
  );
  return { clock, readings, failures, times, cancel };
}

/** A reading that takes so long. */
export const taking = (clock: FakeClock, ms: () => number) => () =>
  new Promise<number>((resolve) => clock.after(ms(), () => resolve(1)));
