import type { BusMessage } from "../core/messages/bus.ts";
import { Lane } from "./outgoing/lane.ts";

/** A bridge between two brokers passes a message on within milliseconds. A person does not repeat a command that fast. */
const bridgedWithinMs = 1_000;

/** When the same message was heard, all over one connection: over another one it would have been a repetition. */
interface Heard {
  via: object;
  readonly times: Lane<number>;
}

/**
 * Finds messages that came over two connections. While the bus changes from one broker to another, it receives from both, so that no
 * command is lost. If a bridge connects the two brokers, each command comes twice, and a `toggle` must be done only once.
 */
export class TwiceHeard {
  /** By topic and payload. */
  readonly #heard = new Map<string, Heard>();
  #forgottenAtMs = Number.NEGATIVE_INFINITY;

  /** Whether the same message has just come over another connection. Each message makes only one other count as repeated. */
  isRepeated({ topic, payload }: Pick<BusMessage, "topic" | "payload">, via: object, nowMs: number): boolean {
    if (nowMs - this.#forgottenAtMs >= bridgedWithinMs) this.#forgetOld(nowMs);
    // No topic has a NUL character.
    const key = `${topic}\0${Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString("latin1")}`;
    const heard = this.#heard.get(key) ?? { via, times: new Lane<number>() };
    this.#heard.set(key, heard);
    dropOld(heard, nowMs);
    if (heard.via !== via && heard.times.take() !== undefined) return true;
    heard.via = via;
    heard.times.push(nowMs);
    return false;
  }

  /** Once in a while, so that the cost of a message does not grow with their number. */
  #forgetOld(nowMs: number): void {
    this.#forgottenAtMs = nowMs;
    for (const [key, heard] of this.#heard) {
      dropOld(heard, nowMs);
      if (heard.times.size === 0) this.#heard.delete(key);
    }
  }
}

function dropOld({ times }: Heard, nowMs: number): void {
  while (times.first !== undefined && nowMs - times.first >= bridgedWithinMs) times.take();
}
