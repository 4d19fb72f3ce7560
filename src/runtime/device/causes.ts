/** Knows why a device does what it is doing now, as a word for the log: `mqtt`, `on_time`, `on_exit`, `initial`, `outside`. */
export class Causes {
  #now = "device";

  /** The cause of what happens now. It is `device` for what a kind does by itself, for example after it has waited. */
  get now(): string {
    return this.#now;
  }

  /** Runs the task for this cause, up to the task's first wait. Without a cause the present one stays. */
  during<Result>(cause: string | undefined, task: () => Result): Result {
    const before = this.#now;
    this.#now = cause ?? before;
    try {
      return task();
    } finally {
      this.#now = before;
    }
  }
}
