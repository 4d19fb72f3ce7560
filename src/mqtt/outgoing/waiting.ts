import type { PublishOptions } from "../../core/messages/bus.ts";
import { Lane } from "./lane.ts";

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
/** A place in the queue; what stands there may be replaced. */
interface Place {
  message: Outgoing;
}

/**
 * The messages that wait for the broker. States, and whatever goes in sequence, are first come first served; a state takes the place of
 * the one before it on its topic, so that no topic waits for ever behind others and there are never more of them than topics. What goes
 * in sequence stays, and no state that was said after it is said before it. Answers and events have a lane of their own, which takes
 * turns with the other: a flood of them makes no state late.
 */
export class Waiting {
  readonly #states = new Lane<Place>();
  readonly #answers = new Lane<Outgoing>();
  readonly #byTopic = new Map<string, Place>();
  #answerBytes = 0;
  #inSequence = 0;
  #isAnswersTurn = false;

  /** How many wait. */
  get size(): number {
    return this.#states.size + this.#answers.size;
  }

  /** False where it is not taken, because the answers occupy too much. */
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

  /** Whether a state of this topic may not be sent now, because one waits, or something that it must not overtake. */
  holds(topic: string): boolean {
    return this.#byTopic.has(topic) || this.#inSequence > 0;
  }

  /** Takes the next one away. */
  take(): Outgoing | undefined {
    this.#isAnswersTurn = !this.#isAnswersTurn;
    return this.#isAnswersTurn ? (this.#takeAnswer() ?? this.#takeState()) : (this.#takeState() ?? this.#takeAnswer());
  }

  /** Forgets them all. */
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
