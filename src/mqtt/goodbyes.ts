import type { Cancel, Clock } from "../core/time/clock.ts";
import type { Connection } from "./client.ts";

/** How long a goodbye may take before the connection is cut; systemd waits longer. */
const goodbyeMs = 1_000;

/** Leaves connections properly, so that their last wills stay unsent. */
export class Goodbyes {
  readonly #clock: Clock;
  readonly #underWay = new Set<Promise<void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins a goodbye, which waits about a second for what is under way. */
  sayTo(connection: Connection | undefined): void {
    if (connection === undefined) return;
    let cancelLimit: Cancel = () => {};
    const limit = new Promise<void>((resolve) => {
      cancelLimit = this.#clock.after(goodbyeMs, resolve);
    });
    const goodbye = Promise.race([limit, connection.leave()])
      // Whether it went well or not, the connection is over.
      .catch(() => {})
      .then(() => {
        cancelLimit();
        connection.cut();
        this.#underWay.delete(goodbye);
      });
    this.#underWay.add(goodbye);
  }

  /** Resolves when all are over. */
  async said(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
