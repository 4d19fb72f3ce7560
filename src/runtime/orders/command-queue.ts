/** So many commands may wait behind one that takes its time. */
const maxWaiting = 100;

type Task = () => void | Promise<void>;

/**
 * Carries out one task at a time, in order. A task that needs no waiting is done before `add` returns; one that is added by another
 * that is under way comes after it.
 */
export class CommandQueue {
  readonly #waiting: { readonly task: Task; readonly giveUp: () => void }[] = [];
  readonly #onError: (error: unknown) => void;
  #isBusy = false;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** False when too many are waiting already: the task is not taken. `giveUp` is called if it never comes to its turn. */
  add(task: Task, giveUp: () => void): boolean {
    if (this.#isBusy) {
      if (this.#waiting.length >= maxWaiting) return false;
      this.#waiting.push({ task, giveUp });
      return true;
    }
    this.#work(task);
    return true;
  }

  /** Gives up what waits. */
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
