import { type Outgoing, Waiting } from "./waiting.ts";

/** Sends one message. Calls `done`, perhaps before it returns, when the broker has acknowledged the message or the connection has ended. */
export type Send = (message: Outgoing, done: () => void) => void;

/** What an outbox needs. */
export interface OutboxPorts {
  readonly send: Send;
  /** How many messages may be sent without acknowledgement (MQTT 5: Receive Maximum). */
  readonly limit: number;
  /** Runs the task at the end of this turn of the event loop, so that all acknowledgements of one turn are handled together. */
  readonly atEndOfTurn: (task: () => void) => void;
  /** Called when a message is dropped because too many wait. */
  readonly onDrop: () => void;
}

/**
 * Sends messages in order, and never more without acknowledgement than the broker allows. Messages that wait are sent as acknowledgements
 * arrive. A quarter of the allowed number is kept for topics that have nothing under way, so that their states are sent at once, however
 * many messages others have.
 */
export class Outbox {
  readonly #ports: OutboxPorts;
  readonly #waiting = new Waiting();
  /** How many messages may be under way for topics that have one under way already. */
  readonly #shared: number;
  readonly #underWayOf = new Map<string, number>();
  #underWay = 0;
  #willRefill = false;
  #onEmpty: (() => void) | undefined;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
    this.#shared = ports.limit - Math.floor(ports.limit / 4);
  }

  push(message: Outgoing): void {
    if (this.#waiting.size === 0 && this.#underWay < this.#shared) this.#transmit(message);
    else if (this.#isFirstOfItsTopic(message) && this.#underWay < this.#ports.limit) this.#transmit(message);
    else if (!this.#waiting.add(message)) this.#ports.onDrop();
  }

  /** How many messages the broker has not acknowledged yet. */
  get size(): number {
    return this.#waiting.size + this.#underWay;
  }

  /** Resolves when the broker has acknowledged everything. */
  empty(): Promise<void> {
    return new Promise((resolve) => {
      if (this.size === 0) resolve();
      else this.#onEmpty = resolve;
    });
  }

  /** Drops what waits, because the connection is over. */
  clear(): void {
    this.#waiting.clear();
  }

  /** Whether no message of its topic is under way or waits, and no message that it must not overtake. */
  #isFirstOfItsTopic({ topic, retain, inSequence }: Outgoing): boolean {
    return retain !== false && !inSequence && !this.#underWayOf.has(topic) && !this.#waiting.holds(topic);
  }

  #transmit(message: Outgoing): void {
    const { topic } = message;
    this.#underWay += 1;
    this.#underWayOf.set(topic, (this.#underWayOf.get(topic) ?? 0) + 1);
    this.#ports.send(message, () => {
      this.#underWay -= 1;
      const others = (this.#underWayOf.get(topic) ?? 1) - 1;
      if (others === 0) this.#underWayOf.delete(topic);
      else this.#underWayOf.set(topic, others);
      if (this.size === 0) this.#onEmpty?.();
      else if (this.#waiting.size > 0 && !this.#willRefill) {
        this.#willRefill = true;
        this.#ports.atEndOfTurn(() => this.#refill());
      }
    });
  }

  #refill(): void {
    this.#willRefill = false;
    while (this.#underWay < this.#shared) {
      const message = this.#waiting.take();
      if (message === undefined) return;
      this.#transmit(message);
    }
  }
}
