/** How many commands may wait behind one that takes time. */
const maxWaiting = 100;

type Task = () => void | Promise<void>;

/**
 * Runs one task at a time, in order. A task that needs no waiting is finished before `add` returns. If a running task adds another one,
 * that one runs after it.
 */
export class CommandQueue {
  readonly #waiting: { readonly task: Task; readonly giveUp: () => void }[] = [];
  readonly #onError: (error: unknown) => void;
  #isBusy = false;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Adds a task. Returns false if too many tasks wait already; then the task is not added. `giveUp` is called if the task never runs. */
  add(task: Task, giveUp: () => void): boolean {
    if (this.#isBusy) {
      if (this.#waiting.length >= maxWaiting) return false;
      this.#waiting.push({ task, giveUp });
      return true;
    }
    this.#work(task);
    return true;
  }

  /** Removes all tasks that wait, and calls their `giveUp`. */
  clear(): void {
    for (const { giveUp } of this.#waiting.splice(0)) giveUp();
  }

  #work(first: Task): void {
    this.#isBusy = true;
    for (let task: Task | undefined = first; task !== undefined; task = this.#waiting.shift()?.task) {
      const ending = this.#begin(task);
      if (ending === undefined) continue;
      ending.catch(this.#onError).then(() => {
        const next = this.#waiting.shift();
        if (next === undefined) this.#isBusy = false;
        else this.#work(next.task);
      });
      return;
    }
    this.#isBusy = false;
  }

  #begin(task: Task): Promise<void> | undefined {
    try {
      return task() ?? undefined;
    } catch (error) {
      this.#onError(error);
      return undefined;
    }
  }
}
