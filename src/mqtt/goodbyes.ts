import type { Cancel, Clock } from "../core/time/clock.ts";
import type { Connection } from "./client.ts";

/** How long disconnecting may take before the connection is closed at once, in milliseconds. systemd waits longer. */
const goodbyeMs = 1_000;

/** Disconnects properly from brokers, so that they do not publish the last will. */
export class Goodbyes {
  readonly #clock: Clock;
  readonly #underWay = new Set<Promise<void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins to disconnect. Messages that are being sent get about a second. */
  sayTo(connection: Connection | undefined): void {
    if (connection === undefined) return;
    let cancelLimit: Cancel = () => {};
    const limit = new Promise<void>((resolve) => {
      cancelLimit = this.#clock.after(goodbyeMs, resolve);
    });
    const goodbye = Promise.race([limit, connection.leave()])
      // The connection is over, whether disconnecting worked or not.
      .catch(() => {})
      .then(() => {
        cancelLimit();
        connection.cut();
        this.#underWay.delete(goodbye);
      });
    this.#underWay.add(goodbye);
  }

  /** Resolves when all of them are over. */
  async said(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
