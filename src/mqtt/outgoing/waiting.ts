import type { PublishOptions } from "../../core/messages/bus.ts";
import { Lane } from "./lane.ts";

/** A message that is to be sent to the broker. */
export interface Outgoing extends PublishOptions {
  readonly topic: string;
  readonly payload: string;
}

/**
 * How many bytes the messages that are not retained, which are mostly answers, may use while they wait: about 5,000 messages. An answer
 * repeats what its asker sent, which may be long.
 */
const mostBytes = 2 ** 20;
/** How many bytes a message uses besides its text, about. */
const bytesOfEach = 100;
/** A place in the queue. Its message may be replaced. */
interface Place {
  message: Outgoing;
}

/**
 * The messages that wait for the broker. States and messages in sequence are sent in the order in which they came. A new state replaces the
 * one that waits on its topic, so no topic waits for ever, and there are never more states than topics. A message in sequence is never
 * replaced, and a state that came after it is not sent before it. Answers and events have a queue of their own. One message is taken from
 * each queue in turn, so many answers do not delay the states.
 */
export class Waiting {
  readonly #states = new Lane<Place>();
  readonly #answers = new Lane<Outgoing>();
  readonly #byTopic = new Map<string, Place>();
  #answerBytes = 0;
  #inSequence = 0;
  #isAnswersTurn = false;

  /** How many messages wait. */
  get size(): number {
    return this.#states.size + this.#answers.size;
  }

  /** Adds a message. Returns false if it is not added, because the waiting answers use too much memory. */
  add(message: Outgoing): boolean {
    if (message.inSequence) {
      this.#byTopic.clear();
      this.#inSequence += 1;
      this.#states.push({ message });
      return true;
    }
    if (message.retain === false) return this.#addAnswer(message);
    const before = this.#byTopic.get(message.topic);
    if (before !== undefined) before.message = message;
    else {
      const place = { message };
      this.#byTopic.set(message.topic, place);
      this.#states.push(place);
    }
    return true;
  }

  /** Whether a state of this topic must wait, because another one waits, or a message that it must not overtake. */
  holds(topic: string): boolean {
    return this.#byTopic.has(topic) || this.#inSequence > 0;
  }

  /** Removes the next message and returns it. */
  take(): Outgoing | undefined {
    this.#isAnswersTurn = !this.#isAnswersTurn;
    return this.#isAnswersTurn ? (this.#takeAnswer() ?? this.#takeState()) : (this.#takeState() ?? this.#takeAnswer());
  }

  /** Removes all messages. */
  clear(): void {
    this.#states.clear();
    this.#answers.clear();
    this.#byTopic.clear();
    this.#answerBytes = 0;
    this.#inSequence = 0;
  }

  #addAnswer(message: Outgoing): boolean {
    if (this.#answerBytes + bytesOf(message) > mostBytes) return false;
    this.#answerBytes += bytesOf(message);
    this.#answers.push(message);
    return true;
  }

  #takeAnswer(): Outgoing | undefined {
    const message = this.#answers.take();
    if (message !== undefined) this.#answerBytes -= bytesOf(message);
    return message;
  }

  #takeState(): Outgoing | undefined {
    const place = this.#states.take();
    if (place === undefined) return undefined;
    const { message } = place;
    if (message.inSequence) this.#inSequence -= 1;
    if (this.#byTopic.get(message.topic) === place) this.#byTopic.delete(message.topic);
    return message;
  }
}

function bytesOf({ topic, payload, correlation }: Outgoing): number {
  return bytesOfEach + topic.length + payload.length + (correlation?.length ?? 0);
}
