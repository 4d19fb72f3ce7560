/** So many commands may wait behind one that takes its time. */
const maxWaiting = 100;

type Task = () => void | Promise<void>;

/** Carries out one task at a time, in order. A task that needs no waiting is done before `add` returns. */
export class CommandQueue {
  readonly #waiting: { readonly task: Task; readonly giveUp: () => void }[] = [];
  readonly #onError: (error: unknown) => void;
  #busy = false;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** False when too many are waiting already: the task is not taken. `giveUp` is called if it never comes to its turn. */
  add(task: Task, giveUp: () => void): boolean {
    if (this.#busy) {
      if (this.#waiting.length >= maxWaiting) return false;
      this.#waiting.push({ task, giveUp });
      return true;
    }
    this.#run(task);
    return true;
  }

  /** Gives up what waits. */
  clear(): void {
    for (const { giveUp } of this.#waiting.splice(0)) giveUp();
  }

  #run(first: Task): void {
    for (let task: Task | undefined = first; task !== undefined; task = this.#waiting.shift()?.task) {
      try {
        const ending = task();
        if (ending === undefined) continue;
        this.#busy = true;
        ending.catch(this.#onError).then(() => {
          this.#busy = false;
          const next = this.#waiting.shift();
          if (next !== undefined) this.#run(next.task);
        });
        return;
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
