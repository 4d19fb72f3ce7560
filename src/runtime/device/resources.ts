import type { Clock } from "../../core/time/clock.ts";

type Release = () => void | Promise<void>;

/**
 * What a device holds while it runs. All of it is given back at once, the latest first: an output is driven to its rest before
 * anything is waited for, so that none stays on because another one does not answer. What is taken after that is given back at once.
 */
export class Resources {
  readonly #releases = new Set<Release>();
  readonly #onFailedRelease: (error: unknown) => void;
  #released = false;

  /** One release that fails keeps no other from running; the failure is only told. */
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

  /** A clock whose timers end with the device. A task that throws is the device's failure, never the agent's. */
  clock(clock: Clock, onFailedTask: (error: Error) => void): Clock {
    return {
      now: () => clock.now(),
      monotonicMs: () => clock.monotonicMs(),
      after: (ms, task) => {
        if (this.#released) return () => {};
        const cancel = clock.after(ms, () => {
          this.#releases.delete(cancel);
          try {
            task();
          } catch (error) {
            onFailedTask(error as Error);
          }
        });
        this.#releases.add(cancel);
        return () => {
          this.#releases.delete(cancel);
          cancel();
        };
      },
    };
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
