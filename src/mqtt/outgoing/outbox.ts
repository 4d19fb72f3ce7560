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
 * broker that answers one by one never stands still. A quarter of what may be under way is for topics of which nothing is: their states
 * go out at once, however much is said on others.
 */
export class Outbox {
  readonly #ports: OutboxPorts;
  readonly #waiting = new Waiting();
  /** How many may be under way of topics that have something under way already. */
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

  /** Whether nothing of its topic is under way or waits, and nothing that it must not overtake. */
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
