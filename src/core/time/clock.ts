/** Cancels a timer or a listener. Calling it twice does no harm. */
export type Cancel = () => void;

/** Time and timers. Everything gets its clock from outside, so that tests decide when time passes. */
export interface Clock {
  /** The time of day, for time stamps only. It jumps when the Pi gets the right time from the network. */
  now(): Date;
  /** Milliseconds that never jump, with fractions: Linux's CLOCK_MONOTONIC. The kernel's time stamps of edges use it too. */
  monotonicMs(): number;
  /**
   * Runs the task once after `ms` milliseconds of {@link monotonicMs}. There is no longest time. It never runs early; on an idle machine it
   * runs a millisecond or two late.
   */
  after(ms: number, task: () => void): Cancel;
}

/** The longest timer of Node.js, 24.8 days. Node.js would run a longer one after a millisecond. */
const longestTimerMs = 2 ** 31 - 1;

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

/** The machine's own clock. A long timer is made of several timers of Node.js. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs,
  after(ms, task) {
    const dueMs = monotonicMs() + ms;
    let timer: NodeJS.Timeout;
    const wait = () => {
      timer = setTimeout(look, Math.min(timerMs(monotonicMs(), dueMs), longestTimerMs));
    };
    const look = () => {
      if (monotonicMs() < dueMs) wait();
      else task();
    };
    wait();
    return () => clearTimeout(timer);
  },
};

/**
 * How long a timer of Node.js must be so that it does not run early. Node.js rounds down both the present time and the timer's length to
 * whole milliseconds (libuv's uv_now), so both are rounded up here.
 */
function timerMs(nowMs: number, dueMs: number): number {
  return Math.ceil(dueMs) - Math.floor(nowMs);
}
