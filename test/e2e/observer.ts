import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";

/** Somebody else on the bus: sees everything, publishes what a test says. */
export class Observer {
  /** Every message since the start, in order. */
  readonly seen: { topic: string; payload: string; retained: boolean }[] = [];
  readonly #client: MqttClient;
  #wake: () => void = () => {};

  private constructor(client: MqttClient) {
    this.#client = client;
    client.on("message", (topic, payload, { retain }) => {
      this.seen.push({ topic, payload: payload.toString(), retained: retain });
      this.#wake();
    });
  }

  static async connect(port: number, options: IClientOptions = {}): Promise<Observer> {
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 200, ...options });
    const observer = new Observer(client);
    await client.subscribeAsync("#", { qos: 1 });
    return observer;
  }

  async publish(topic: string, payload: string | Buffer, { retain = false, qos = 1 as 0 | 1 } = {}): Promise<void> {
    await this.#client.publishAsync(topic, payload, { qos, retain });
  }

  /** The payloads seen on one topic, in order. */
  on(topic: string): string[] {
    return this.seen.filter((message) => message.topic === topic).map(({ payload }) => payload);
  }

  /** Waits until the last payload on a topic is this one; the test's own time limit ends a vain wait. */
  async until(topic: string, payload: string): Promise<void> {
    await this.untilTrue(() => this.on(topic).at(-1) === payload);
  }

  /** Waits until something is true that messages make true. */
  async untilTrue(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** What a newcomer finds retained on a broker, these topics among it. */
  static async retainedOn(port: number, ...topics: readonly string[]): Promise<Map<string, string>> {
    const observer = await Observer.connect(port);
    await observer.untilTrue(() => topics.every((topic) => observer.on(topic).length > 0));
    await observer.close();
    return new Map(observer.seen.map(({ topic, payload }) => [topic, payload]));
  }

  async close(): Promise<void> {
    await this.#client.endAsync(true);
  }
}
