import type { BusMessage } from "../core/messages/bus.ts";

/** A bridge between two brokers hands a message on in milliseconds; a person does not repeat a command that fast on purpose. */
const bridgedWithinMs = 1_000;

interface Heard {
  readonly via: object;
  readonly message: BusMessage;
  readonly atMs: number;
}

/**
 * Tells which messages came over two connections. While the bus moves from one broker to another it hears both, so that no
 * command is lost; where a bridge joins the two, each command comes twice, and `toggle` must not.
 */
export class TwiceHeard {
  #heard: Heard[] = [];

  /** Whether this message has just come over another connection; each one excuses one other. */
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
