import type { Bus, BusListener, BusMessage, PublishOptions } from "../../src/core/messages/bus.ts";

/** How the broker behaves. */
export interface BrokerTraits {
  /** The largest message that it accepts, in bytes of topic and payload. */
  readonly mostBytes?: number;
  /** Whether it reports a message that is too large only after a while. */
  readonly tellsLater?: boolean;
  /** Whether it sends kept messages before it acknowledges the subscriptions. */
  readonly isEager?: boolean;
  /** Whether there is no broker until a test connects. */
  readonly isAway?: boolean;
}

/** A bus with a broker in memory that keeps retained messages. A test can close and reopen the connection. */
export class FakeBus implements Bus {
  /** All messages that the broker accepted, in order. */
  readonly published: ({ topic: string; payload: string } & PublishOptions)[] = [];
  readonly waiting = 0;
  readonly dropped = 0;
  /** The messages that the broker has kept, by topic. */
  readonly retained = new Map<string, string>();
  /** The topics of messages that were too large for the broker. */
  readonly refused: string[] = [];
  readonly #traits: BrokerTraits;
  #listener: BusListener | undefined;
  #isConnected = false;

  constructor(traits: BrokerTraits = {}) {
    this.#traits = traits;
  }

  listen(listener: BusListener): this {
    this.#listener = listener;
    if (!this.#traits.isAway) queueMicrotask(() => this.connect());
    return this;
  }

  connect(): void {
    this.#isConnected = true;
    if (this.#traits.isEager) this.#sendKept();
    this.#listener?.connected();
    if (!this.#traits.isEager) this.#sendKept();
  }

  /** Closes the connection. With `forget` the broker loses all kept messages too. */
  disconnect({ forget = false } = {}): void {
    const wasConnected = this.#isConnected;
    this.#isConnected = false;
    if (forget) this.retained.clear();
    if (wasConnected) this.#listener?.lost?.();
  }

  publish(topic: string, payload: string, options: PublishOptions = {}): void {
    if (!this.#isConnected) return;
    const { tooLarge = () => {}, ...rest } = options;
    if (Buffer.byteLength(topic + payload) > (this.#traits.mostBytes ?? Number.POSITIVE_INFINITY)) {
      this.refused.push(topic);
      if (this.#traits.tellsLater) queueMicrotask(tooLarge);
      else tooLarge();
      return;
    }
    this.published.push({ topic, payload, ...rest });
    if (options.retain === false) return;
    // An empty message removes the kept one.
    if (payload === "") this.retained.delete(topic);
    else this.retained.set(topic, payload);
  }

  async close(): Promise<void> {
    this.#isConnected = false;
  }

  /** A message from another client. It is delivered only if its topic was subscribed to. */
  receive(
    topic: string,
    payload: string | Uint8Array,
    { retained = false, answerTo, expiresInMs }: Partial<Omit<BusMessage, "topic" | "payload">> = {},
  ): void {
    const { topics = [], news = [], kept = [] } = this.#listener ?? {};
    if (![...topics, ...news, ...kept].includes(topic)) return;
    const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
    this.#listener?.message({ topic, payload: bytes, retained, answerTo, expiresInMs });
  }

  /** The payloads that were published on one topic, in order. */
  on(topic: string): string[] {
    return this.published.filter((message) => message.topic === topic).map(({ payload }) => payload);
  }

  #sendKept(): void {
    for (const topic of this.#listener?.kept ?? []) {
      const payload = this.retained.get(topic);
      if (payload !== undefined) this.receive(topic, payload, { retained: true });
    }
  }
}
