/** Sends one message and calls back when the broker has it, or when it is lost with its connection. */
export type Send<Message> = (message: Message, done: () => void) => void;

/**
 * Sends in order, with no more messages under way than the broker allows (MQTT 5: Receive Maximum). What had to wait goes out
 * once all of them have arrived, many in one packet of the network instead of one by one.
 */
export class Outbox<Message> {
  readonly #send: Send<Message>;
  readonly #limit: number;
  readonly #waiting: Message[] = [];
  #underWay = 0;
  #onEmpty: (() => void) | undefined;

  constructor(send: Send<Message>, limit: number) {
    this.#send = send;
    this.#limit = limit;
  }

  push(message: Message): void {
    if (this.#waiting.length === 0 && this.#underWay < this.#limit) this.#transmit(message);
    else this.#waiting.push(message);
  }

  /** How many messages are not with the broker yet. */
  get size(): number {
    return this.#waiting.length + this.#underWay;
  }

  /** Resolves once everything is with the broker. */
  empty(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#underWay === 0) resolve();
      else this.#onEmpty = resolve;
    });
  }

  #transmit(message: Message): void {
    this.#underWay += 1;
    this.#send(message, () => {
      this.#underWay -= 1;
      if (this.#underWay > 0) return;
      this.#refill();
      if (this.#underWay === 0) this.#onEmpty?.();
    });
  }

  #refill(): void {
    for (const message of this.#waiting.splice(0, this.#limit - this.#underWay)) this.#transmit(message);
  }
}
