import type { Cancel, Clock } from "../../core/time/clock.ts";

type Release = () => void | Promise<void>;

/**
 * What a device holds while it runs. When the device stops, all of it is given back, the latest first. Every output is driven to its rest
 * before anything is waited for, so an output that does not answer keeps no other one on. What is taken after the stop is given back at
 * once.
 */
export class Resources {
  readonly #releases = new Set<Release>();
  readonly #onFailedRelease: (error: unknown) => void;
  #released = false;

  /** A release that fails does not stop the others. The failure is passed to `onFailedRelease`. */
  constructor(onFailedRelease: (error: unknown) => void) {
    this.#onFailedRelease = onFailedRelease;
  }

  /** Runs the task when the device stops. */
  readonly onStop = (release: Release): void => {
    if (this.#released) void this.#run(release);
    else this.#releases.add(release);
  };

  get released(): boolean {
    return this.#released;
  }

  /** A clock whose timers end with the device. A task that throws is a failure of the device, and never of the agent. */
  clock(clock: Clock, onFailedTask: (error: Error) => void): Clock {
    return new DeviceClock(clock, this, onFailedTask);
  }

  /** The task need not run any more. */
  forget(release: Release): void {
    this.#releases.delete(release);
  }

  /** Gives everything back. */
  async release(): Promise<void> {
    this.#released = true;
    const releases = [...this.#releases].reverse();
    this.#releases.clear();
    await Promise.all(releases.map((release) => this.#run(release)));
  }

  async #run(release: Release): Promise<void> {
    try {
      await release();
    } catch (error) {
      this.#onFailedRelease(error);
    }
  }
}

class DeviceClock implements Clock {
  readonly #clock: Clock;
  readonly #resources: Resources;
  readonly #onFailedTask: (error: Error) => void;

  constructor(clock: Clock, resources: Resources, onFailedTask: (error: Error) => void) {
    this.#clock = clock;
    this.#resources = resources;
    this.#onFailedTask = onFailedTask;
  }

  now(): Date {
    return this.#clock.now();
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  after(ms: number, task: () => void): Cancel {
    if (this.#resources.released) return () => {};
    const cancel = this.#clock.after(ms, () => {
      this.#resources.forget(cancel);
      try {
        task();
      } catch (error) {
        this.#onFailedTask(error as Error);
      }
    });
    this.#resources.onStop(cancel);
    return () => {
      this.#resources.forget(cancel);
      cancel();
    };
  }
}
