import type { Cancel } from "../core/time/clock.ts";

/** Whether the broker is there, for rules that want to know. Nobody knows it until the first connection has succeeded or was waited for. */
export class Connection {
  #isOnline: boolean | undefined;
  readonly #listeners = new Set<(isOnline: boolean) => void>();

  /** Whether the agent has a connection now. */
  get isOnline(): boolean {
    return this.#isOnline ?? false;
  }

  /** Notes that a connection was made or lost. */
  note(isOnline: boolean): void {
    if (this.#isOnline === isOnline) return;
    this.#isOnline = isOnline;
    for (const tell of [...this.#listeners]) tell(isOnline);
  }

  /** Calls `tell` at each change. */
  listen(tell: (isOnline: boolean) => void): Cancel {
    this.#listeners.add(tell);
    return () => void this.#listeners.delete(tell);
  }
}
