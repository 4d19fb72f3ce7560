import { type Outgoing, Waiting } from "./waiting.ts";

/** Sends one message and calls back, perhaps at once, when the broker has it, or when it is lost with its connection. */
export type Send = (message: Outgoing, done: () => void) => void;

/** What an outbox needs of its surroundings. */
export interface OutboxPorts {
  readonly send: Send;
  /** So many messages may be under way at once (MQTT 5: Receive Maximum). */
  readonly limit: number;
  /** Runs the task when this turn of the event loop ends, so that all the acknowledgements of one turn are answered together. */
  readonly atEndOfTurn: (task: () => void) => void;
  /** A message is given up, because too many wait. */
  readonly onDrop: () => void;
}

/**
 * Sends in order, with no more messages under way than the broker allows. What had to wait goes out as acknowledgements come in: a
 * broker that answers one by one never stands still.
 */
export class Outbox {
  readonly #ports: OutboxPorts;
  readonly #waiting = new Waiting();
  #underWay = 0;
  #willRefill = false;
  #onEmpty: (() => void) | undefined;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  push(message: Outgoing): void {
    if (this.#waiting.size === 0 && this.#underWay < this.#ports.limit) this.#transmit(message);
    else if (!this.#waiting.add(message)) this.#ports.onDrop();
  }

  /** How many messages are not with the broker yet. */
  get size(): number {
    return this.#waiting.size + this.#underWay;
  }

  /** Resolves once everything is with the broker. */
  empty(): Promise<void> {
    return new Promise((resolve) => {
      if (this.size === 0) resolve();
      else this.#onEmpty = resolve;
    });
  }

  /** Gives up what waits: the connection is over. */
  clear(): void {
    this.#waiting.clear();
  }

  #transmit(message: Outgoing): void {
    this.#underWay += 1;
    this.#ports.send(message, () => {
      this.#underWay -= 1;
      if (this.size === 0) this.#onEmpty?.();
      else if (this.#waiting.size > 0 && !this.#willRefill) {
        this.#willRefill = true;
        this.#ports.atEndOfTurn(() => this.#refill());
      }
    });
  }

  #refill(): void {
    this.#willRefill = false;
    while (this.#underWay < this.#ports.limit) {
      const message = this.#waiting.take();
      if (message === undefined) return;
      this.#transmit(message);
    }
  }
}
