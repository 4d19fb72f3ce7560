import { explain } from "../../core/errors.ts";
import type { Log } from "../../core/log/log.ts";
import type { Clock } from "../../core/time/clock.ts";
import { inTime } from "../time-limit.ts";

/**
 * How long a device may take to come to rest. Pins answer within milliseconds; systemd waits 20 s for all devices together
 * (TimeoutStopSec).
 */
const restTimeoutMs = 5_000;
/** How long a device may take for its last report, while it comes to rest: a disk may hang, and the others must not wait for it. */
const lastWordsTimeoutMs = 1_000;
const restHangs = `it was not at rest within ${restTimeoutMs / 1000} s`;

/** What a device does at the end of a run: its outputs come to rest, it takes back what it has ordered, and says its last state. */
export class RunEnd {
  readonly #ports: { readonly clock: Clock; readonly log: Log };
  #isAtRest = true;
  /** What takes back what the device has ordered of others. */
  readonly #failureTasks: (() => void)[] = [];
  /** What the device says at its end. */
  readonly #stopTasks: (() => Promise<void> | void)[] = [];

  constructor(ports: { readonly clock: Clock; readonly log: Log }) {
    this.#ports = ports;
  }

  /** Runs the task if the run fails. */
  onFailure(task: () => void): void {
    this.#failureTasks.push(task);
  }

  /** Runs the task while the device comes to rest. */
  onStop(task: () => Promise<void> | void): void {
    this.#stopTasks.push(task);
  }

  /** The run has failed. */
  fail(): void {
    for (const task of this.#failureTasks.splice(0)) {
      try {
        task();
      } catch (error) {
        this.notAtRest(error);
      }
    }
  }

  /** Brings the device to rest: `release` gives back all that it has. Resolves with whether all of it came to rest in time. */
  async end(release: () => Promise<void>): Promise<boolean> {
    // Outputs first: what a kind does in its last words must not keep them waiting.
    const rest = inTime(this.#ports.clock, restTimeoutMs, release(), restHangs);
    await Promise.all([
      rest.catch((error) => this.notAtRest(error)),
      ...this.#stopTasks.map((task) => this.#lastWords(task)),
    ]);
    return this.#isAtRest;
  }

  /** Something of the device did not come to rest. */
  notAtRest(error: unknown): void {
    this.#isAtRest = false;
    this.#ports.log.error({ reason: explain(error) }, "could not bring the device to rest");
  }

  async #lastWords(task: () => Promise<void> | void): Promise<void> {
    const { clock, log } = this.#ports;
    const words = (async () => task())();
    const hangs = `it took longer than ${lastWordsTimeoutMs / 1000} s`;
    await inTime(clock, lastWordsTimeoutMs, words, hangs).catch((error) =>
      log.debug({ reason: explain(error) }, "the device could not say its last state"),
    );
  }
}
