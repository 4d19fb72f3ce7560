/** Sends one message and calls back when the broker has it, or when it is lost with its connection. */
export type Send = (topic: string, payload: string, done: () => void) => void;

/**
 * Sends in order, with no more messages under way than the broker allows (MQTT 5: Receive Maximum). What had to wait goes out
 * once all of them have arrived, many in one packet of the network instead of one by one.
 */
export class Outbox {
  readonly #send: Send;
  readonly #limit: number;
  readonly #waiting: [topic: string, payload: string][] = [];
  #underWay = 0;
  #onEmpty: (() => void) | undefined;

  constructor(send: Send, limit: number) {
    this.#send = send;
    this.#limit = limit;
  }

  push(topic: string, payload: string): void {
    if (this.#waiting.length === 0 && this.#underWay < this.#limit) this.#transmit(topic, payload);
    else this.#waiting.push([topic, payload]);
  }

  /** Resolves once everything is with the broker. */
  empty(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#underWay === 0) resolve();
      else this.#onEmpty = resolve;
    });
  }

  #transmit(topic: string, payload: string): void {
    this.#underWay += 1;
    this.#send(topic, payload, () => {
      this.#underWay -= 1;
      if (this.#underWay > 0) return;
      this.#refill();
      if (this.#underWay === 0) this.#onEmpty?.();
    });
  }

  #refill(): void {
    for (const message of this.#waiting.splice(0, this.#limit - this.#underWay)) this.#transmit(...message);
  }
}
