import type { BusMessage } from "../core/messages/bus.ts";

/** A bridge between two brokers passes a message on within milliseconds. A person does not repeat a command that fast. */
const bridgedWithinMs = 1_000;

interface Heard {
  readonly via: object;
  readonly message: BusMessage;
  readonly atMs: number;
}

/**
 * Finds messages that came over two connections. While the bus changes from one broker to another, it receives from both, so that no
 * command is lost. If a bridge connects the two brokers, each command comes twice, and a `toggle` must be done only once.
 */
export class TwiceHeard {
  #heard: Heard[] = [];

  /** Whether the same message has just come over another connection. Each message makes only one other count as repeated. */
  isRepeated(message: BusMessage, via: object, nowMs: number): boolean {
    this.#heard = this.#heard.filter(({ atMs }) => nowMs - atMs < bridgedWithinMs);
    const twin = this.#heard.findIndex((heard) => heard.via !== via && isSame(heard.message, message));
    if (twin === -1) this.#heard.push({ via, message, atMs: nowMs });
    else this.#heard.splice(twin, 1);
    return twin !== -1;
  }
}

function isSame(one: BusMessage, other: BusMessage): boolean {
  return one.topic === other.topic && Buffer.compare(one.payload, other.payload) === 0;
}
