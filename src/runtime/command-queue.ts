/** So many commands may wait behind one that takes its time. */
const maxWaiting = 100;

type Task = () => void | Promise<void>;

/** Carries out one task at a time, in order. A task that needs no waiting is done before `add` returns. */
export class CommandQueue {
  readonly #waiting: Task[] = [];
  readonly #onError: (error: unknown) => void;
  #busy = false;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** False when too many are waiting already: the task is not taken. */
  add(task: Task): boolean {
    if (this.#busy) {
      if (this.#waiting.length >= maxWaiting) return false;
      this.#waiting.push(task);
      return true;
    }
    this.#run(task);
    return true;
  }

  /** Forgets what waits. */
  clear(): void {
    this.#waiting.length = 0;
  }

  #run(first: Task): void {
    for (let task: Task | undefined = first; task !== undefined; task = this.#waiting.shift()) {
      try {
        const ending = task();
        if (ending === undefined) continue;
        this.#busy = true;
        ending.catch(this.#onError).then(() => {
          this.#busy = false;
          const next = this.#waiting.shift();
          if (next !== undefined) this.#run(next);
        });
        return;
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
