import type { PublishOptions } from "../core/bus.ts";

/** A message on its way to the broker. */
export interface Outgoing extends PublishOptions {
  readonly topic: string;
  readonly payload: string;
}

/**
 * What the messages that are not retained, which is the answers, may occupy while they wait: some 5,000 of them. An answer carries what
 * its asker sent, which may be long.
 */
const mostBytes = 2 ** 20;
/** What a message occupies besides its text, about. */
const bytesOfEach = 100;
/** So many empty places at the front are worth being taken away. */
const fewPlaces = 1_024;

/** A place in the queue; what stands there may be replaced. */
interface Place {
  message: Outgoing;
}

/**
 * The messages that wait for the broker, first come first served. A retained one takes the place of the one before it on its topic: no
 * topic waits for ever behind others, and there are never more of them than topics. Those that go in sequence stay, and nothing that was
 * said after one of them is said before it.
 */
export class Waiting {
  #places: (Place | undefined)[] = [];
  /** Where the first one stands: taking it away must not move all the others. */
  #first = 0;
  #byTopic = new Map<string, Place>();
  #bytes = 0;

  /** How many wait. */
  get size(): number {
    return this.#places.length - this.#first;
  }

  /** False where it is not taken, because those that are not retained occupy too much. */
  add(message: Outgoing): boolean {
    if (message.retain === false) {
      if (this.#bytes + bytesOf(message) > mostBytes) return false;
      this.#bytes += bytesOf(message);
      this.#places.push({ message });
      return true;
    }
    const before = this.#byTopic.get(message.topic);
    if (message.inSequence) {
      this.#byTopic.clear();
      this.#places.push({ message });
    } else if (before === undefined) {
      const place = { message };
      this.#byTopic.set(message.topic, place);
      this.#places.push(place);
    } else before.message = message;
    return true;
  }

  /** Takes the first one away. */
  take(): Outgoing | undefined {
    const place = this.#places[this.#first];
    if (place === undefined) return undefined;
    this.#places[this.#first] = undefined;
    this.#first += 1;
    if (this.#first >= fewPlaces && this.#first * 2 >= this.#places.length) {
      this.#places = this.#places.slice(this.#first);
      this.#first = 0;
    }
    const { message } = place;
    if (message.retain === false) this.#bytes -= bytesOf(message);
    else if (this.#byTopic.get(message.topic) === place) this.#byTopic.delete(message.topic);
    return message;
  }

  /** Forgets them all. */
  clear(): void {
    this.#places = [];
    this.#first = 0;
    this.#byTopic.clear();
    this.#bytes = 0;
  }
}

function bytesOf({ topic, payload, correlation }: Outgoing): number {
  return bytesOfEach + topic.length + payload.length + (correlation?.length ?? 0);
}
