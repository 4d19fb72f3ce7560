/** Takes back what was asked for: a timer, a listener. Calling it twice does no harm. */
export type Cancel = () => void;

/** All the time there is. Injected everywhere, so that tests decide when it passes. */
export interface Clock {
  /** Wall-clock time, for time stamps only: it jumps when the Pi learns the real time from the network. */
  now(): Date;
  /** Milliseconds that never jump, with fractions: Linux's CLOCK_MONOTONIC, which the kernel stamps edges with too. */
  monotonicMs(): number;
  /**
   * Runs the task once, when `ms` milliseconds have passed by {@link monotonicMs}, however many: never earlier, on an idle machine a
   * millisecond or two later.
   */
  after(ms: number, task: () => void): Cancel;
}

/** The longest timer of Node.js, 24.8 days; it takes a longer one for one of a millisecond. */
const longestTimerMs = 2 ** 31 - 1;

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

/** The machine's own clock. A long timer is a chain of several of Node.js. */
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
 * How long a timer of Node.js has to be so that it does not fire early. It cuts the present time and its own length to whole
 * milliseconds (libuv's uv_now), so that both have to be cut the other way here.
 */
function timerMs(nowMs: number, dueMs: number): number {
  return Math.ceil(dueMs) - Math.floor(nowMs);
}
