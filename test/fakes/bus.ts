import type { Bus, BusListener, BusMessage, PublishOptions } from "../../src/core/messages/bus.ts";

/** How a broker differs from most. */
export interface BrokerTraits {
  /** The largest message that it takes: the bytes of topic and payload. */
  readonly mostBytes?: number;
  /** It tells that a message is too large only after a while. */
  readonly tellsLater?: boolean;
  /** It sends what it has kept before it acknowledges the subscriptions. */
  readonly isEager?: boolean;
}

/** A bus with a broker behind it that keeps retained messages; tests cut and mend the connection. */
export class FakeBus implements Bus {
  /** All that went out and that the broker took, in order. */
  readonly published: ({ topic: string; payload: string } & PublishOptions)[] = [];
  readonly waiting = 0;
  readonly dropped = 0;
  /** What the broker kept. */
  readonly retained = new Map<string, string>();
  /** The topics of what was too large for the broker. */
  readonly refused: string[] = [];
  readonly #traits: BrokerTraits;
  #listener: BusListener | undefined;
  #isConnected = false;

  constructor(traits: BrokerTraits = {}) {
    this.#traits = traits;
  }

  listen(listener: BusListener): this {
    this.#listener = listener;
    queueMicrotask(() => this.connect());
    return this;
  }

  connect(): void {
    this.#isConnected = true;
    if (this.#traits.isEager) this.#sendKept();
    this.#listener?.connected();
    if (!this.#traits.isEager) this.#sendKept();
  }

  /** The connection is gone, and with it, if asked so, all that the broker knew. */
  disconnect({ forget = false } = {}): void {
    this.#isConnected = false;
    if (forget) this.retained.clear();
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
    // An empty message takes away what was kept.
    if (payload === "") this.retained.delete(topic);
    else this.retained.set(topic, payload);
  }

  async close(): Promise<void> {
    this.#isConnected = false;
  }

  /** Somebody publishes. Like a broker, it delivers only what was subscribed to. */
  receive(
    topic: string,
    payload: string | Uint8Array,
    { retained = false, answerTo }: Partial<Pick<BusMessage, "retained" | "answerTo">> = {},
  ): void {
    const { topics = [], news = [], kept = [] } = this.#listener ?? {};
    if (![...topics, ...news, ...kept].includes(topic)) return;
    const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
    this.#listener?.message({ topic, payload: bytes, retained, answerTo });
  }

  /** The payloads that went out on one topic, in order. */
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
