import type { Cancel, Clock } from "../core/clock.ts";
import type { Poll } from "../core/device.ts";
import { UserError } from "../core/errors.ts";
import { inTime } from "./time-limit.ts";

/** Longer than any sensor takes: twenty times a 1-Wire conversion, twice a DHT at its worst. */
const readingTimeoutMs = 10_000;
const nothingCame = `the sensor gave nothing for ${readingTimeoutMs / 1000} s`;
/** A DHT22 wants two seconds between readings. */
const soonMs = 3_000;
/** From the fifth failure on the pauses double, up to this or the sensor's own interval. */
const longestPauseMs = 5 * 60_000;
/** So many failures in a row take a device offline. */
export const failuresUntilOffline = 3;

/** What a sampler tells, and needs. */
export interface SamplerPorts<State> {
  readonly clock: Clock;
  /** From 0 to 1: spreads the first readings of many sensors. */
  readonly random: () => number;
  /** Runs tasks with the same bus name one after the other. */
  readonly inTurn: <T>(bus: string | undefined, task: () => Promise<T>) => Promise<T>;
  readonly onReading: (state: State) => void;
  readonly onFailure: (error: unknown, failuresInARow: number) => void;
}

/** Reads again and again until it is cancelled: never two readings at once, sooner after a first failure, seldom after many. */
export function startSampling<State>(poll: Poll<State>, ports: SamplerPorts<State>): Cancel {
  const { clock, onReading, onFailure } = ports;
  let stopped = false;
  let failures = 0;
  let unfinished = false;
  let due = clock.monotonicMs() + ports.random() * Math.min(poll.everyMs, 1_000);
  let cancelTimer = clock.after(due - clock.monotonicMs(), sample);

  async function sample() {
    try {
      const state = await ports.inTurn(poll.bus, () => inTime(clock, readingTimeoutMs, readOnce(), nothingCame));
      if (stopped) return;
      failures = 0;
      onReading(state);
    } catch (error) {
      if (stopped) return;
      failures += 1;
      onFailure(error, failures);
    }
    if (!stopped) schedule();
  }

  async function readOnce(): Promise<State> {
    if (unfinished) throw new UserError("the reading before has still not ended");
    unfinished = true;
    try {
      return await poll.read();
    } finally {
      unfinished = false;
    }
  }

  function schedule() {
    const now = clock.monotonicMs();
    // Good readings keep their beat, whatever a reading takes; beats that passed meanwhile are left out.
    if (failures === 0) while (due <= now) due += poll.everyMs;
    else due = now + pauseAfter(failures, poll.everyMs);
    cancelTimer = clock.after(due - now, sample);
  }

  return () => {
    stopped = true;
    cancelTimer();
  };
}

/** The pause after so many failures in a row, in milliseconds. */
function pauseAfter(failures: number, everyMs: number): number {
  if (failures < failuresUntilOffline) return Math.min(everyMs, soonMs);
  const doublings = Math.min(Math.max(failures - 4, 0), 16);
  return Math.min(everyMs * 2 ** doublings, Math.max(everyMs, longestPauseMs));
}
