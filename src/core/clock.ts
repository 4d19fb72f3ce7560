/** Takes back what was asked for: a timer, a listener. Calling it twice does no harm. */
export type Cancel = () => void;

/** All the time there is. Injected everywhere, so that tests decide when it passes. */
export interface Clock {
  /** Wall-clock time, for time stamps only: it jumps when the Pi learns the real time from the network. */
  now(): Date;
  /** Milliseconds that never jump, with fractions: Linux's CLOCK_MONOTONIC, which the kernel stamps edges with too. */
  monotonicMs(): number;
  /** Runs the task once, `ms` milliseconds from now. */
  after(ms: number, task: () => void): Cancel;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
