/** Why a device does what it does just now, in a word for the log: `mqtt`, `on_time`, `on_exit`, `initial`, `outside`. */
export class Causes {
  #now = "device";

  /** The cause of what happens now; `device` for what a kind does by itself, such as after waiting for something. */
  get now(): string {
    return this.#now;
  }

  /** Runs the task, up to its first wait, for this cause; without one for the cause that there is already. */
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
