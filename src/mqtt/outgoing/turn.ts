/** A stream that can hold back its writes and then do them together. */
export interface Corkable {
  cork(): void;
  uncork(): void;
}

/**
 * Holds back what is written in one turn of the event loop until the turn ends, so that it is sent in one write: the readings of one beat,
 * or the states after many commands. A turn ends before the process sleeps, so the delay cannot be noticed.
 */
export class Turn {
  readonly #stream: () => Corkable;
  #tasks: (() => void)[] = [];
  #isOpen = false;

  /** `stream` is called in each turn. */
  constructor(stream: () => Corkable) {
    this.#stream = stream;
  }

  /** Call it before something is written. */
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

  /** Runs the task at the end of the turn. What it writes is sent with everything else of the turn. */
  atEnd(task: () => void): void {
    this.begin();
    this.#tasks.push(task);
  }
}
