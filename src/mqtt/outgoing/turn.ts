/** What can hold back its writes, and let go of them together. */
export interface Corkable {
  cork(): void;
  uncork(): void;
}

/**
 * Holds back what is written in one turn of the event loop until the turn ends, so that it leaves in one write: the readings of a whole
 * beat, the states of a burst of commands. A turn is over before the process sleeps, so nothing is late that would be worth measuring.
 */
export class Turn {
  readonly #stream: () => Corkable;
  #tasks: (() => void)[] = [];
  #isOpen = false;

  /** `stream` is asked anew in each turn. */
  constructor(stream: () => Corkable) {
    this.#stream = stream;
  }

  /** Something is about to be written. */
  begin(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    const stream = this.#stream();
    stream.cork();
    setImmediate(() => {
      const tasks = this.#tasks;
      this.#tasks = [];
      for (const task of tasks) task();
      this.#isOpen = false;
      stream.uncork();
    });
  }

  /** Runs the task when the turn ends, and lets what it writes leave with all else. */
  atEnd(task: () => void): void {
    this.begin();
    this.#tasks.push(task);
  }
}
