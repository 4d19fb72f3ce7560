import type { Bus, BusListener, BusMessage, PublishOptions } from "../../src/core/bus.ts";

/** A bus with a broker behind it that keeps retained messages; tests cut and mend the connection. */
export class FakeBus implements Bus {
  /** All that went out, in order. */
  readonly published: ({ topic: string; payload: string } & PublishOptions)[] = [];
  readonly waiting = 0;
  readonly dropped = 0;
  /** What the broker kept. */
  readonly retained = new Map<string, string>();
  #listener: BusListener | undefined;
  #isConnected = false;

  listen(listener: BusListener): this {
    this.#listener = listener;
    queueMicrotask(() => this.connect());
    return this;
  }

  connect(): void {
    this.#isConnected = true;
    this.#listener?.connected();
    for (const topic of this.#listener?.kept ?? []) {
      const payload = this.retained.get(topic);
      if (payload !== undefined) this.receive(topic, payload, { retained: true });
    }
  }

  /** The connection is gone, and with it, if asked so, all that the broker knew. */
  disconnect({ forget = false } = {}): void {
    this.#isConnected = false;
    if (forget) this.retained.clear();
  }

  publish(topic: string, payload: string, options: PublishOptions = {}): void {
    if (!this.#isConnected) return;
    this.published.push({ topic, payload, ...options });
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
}
