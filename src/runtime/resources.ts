import type { Clock } from "../core/clock.ts";

type Release = () => void | Promise<void>;

/** What a device holds while it runs, given back in reverse order. What is taken after that is given back at once. */
export class Resources {
  readonly #releases = new Set<Release>();
  #released = false;

  /** Runs the task when the device stops. */
  readonly onStop = (release: Release): void => {
    if (this.#released) void release();
    else this.#releases.add(release);
  };

  get released(): boolean {
    return this.#released;
  }

  /** A clock whose timers end with the device. */
  clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      monotonicMs: () => clock.monotonicMs(),
      after: (ms, task) => {
        if (this.#released) return () => {};
        const cancel = clock.after(ms, () => {
          this.#releases.delete(cancel);
          task();
        });
        this.#releases.add(cancel);
        return () => {
          this.#releases.delete(cancel);
          cancel();
        };
      },
    };
  }

  /** Gives everything back. One release that fails keeps no other from running; the failures come back. */
  async release(): Promise<readonly unknown[]> {
    this.#released = true;
    const failures: unknown[] = [];
    for (const release of [...this.#releases].reverse()) {
      try {
        await release();
      } catch (error) {
        failures.push(error);
      }
    }
    this.#releases.clear();
    return failures;
  }
}
