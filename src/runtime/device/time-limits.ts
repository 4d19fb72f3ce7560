import { UserError } from "../../core/errors.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";

/** A task that has not ended. */
interface Pending {
  readonly dueMs: number;
  readonly sentence: () => string;
  readonly reject: (error: Error) => void;
}

/**
 * Limits how long tasks may take. Tasks with the same limit share a timer, so all readings of one beat together need one, and not one each.
 */
export class TimeLimits {
  readonly #clock: Pick<Clock, "monotonicMs" | "after">;
  readonly #groups = new Map<number, Group>();

  constructor(clock: Pick<Clock, "monotonicMs" | "after">) {
    this.#clock = clock;
  }

  /**
   * Resolves or rejects as the task does, if that happens within so many milliseconds. Otherwise rejects with what `sentence`
   * gives, as a {@link UserError}. The task itself goes on, because a promise cannot be stopped.
   */
  within<Result>(limitMs: number, task: Promise<Result>, sentence: () => string): Promise<Result> {
    const group = this.#groups.get(limitMs) ?? new Group(this.#clock, limitMs);
    this.#groups.set(limitMs, group);
    return new Promise((resolve, reject) => {
      const ended = group.begin(sentence, reject);
      task.then(
        (result) => {
          ended();
          resolve(result);
        },
        (error) => {
          ended();
          reject(error);
        },
      );
    });
  }
}

/** The tasks of one limit. The timer runs while there is one. */
class Group {
  readonly #clock: Pick<Clock, "monotonicMs" | "after">;
  readonly #limitMs: number;
  /** In the order in which they are due. */
  readonly #pending = new Set<Pending>();
  #cancelTimer: Cancel = () => {};

  constructor(clock: Pick<Clock, "monotonicMs" | "after">, limitMs: number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
  }

  begin(sentence: Pending["sentence"], reject: Pending["reject"]): () => void {
    const one = { dueMs: this.#clock.monotonicMs() + this.#limitMs, sentence, reject };
    this.#pending.add(one);
    if (this.#pending.size === 1) this.#wait(one.dueMs);
    return () => {
      if (this.#pending.delete(one) && this.#pending.size === 0) this.#cancelTimer();
    };
  }

  #wait(dueMs: number): void {
    this.#cancelTimer = this.#clock.after(dueMs - this.#clock.monotonicMs(), () => this.#look(dueMs));
  }

  /** Ends the tasks that were due at this time; their timer may have run a hair early. Then waits for the next one. */
  #look(atMs: number): void {
    for (const one of this.#pending) {
      if (one.dueMs > Math.max(atMs, this.#clock.monotonicMs())) {
        this.#wait(one.dueMs);
        return;
      }
      this.#pending.delete(one);
      one.reject(new UserError(one.sentence()));
    }
  }
}
