import type { Bus, BusListener } from "../core/messages/bus.ts";
import type { Cancel, Clock } from "../core/time/clock.ts";

/** Where the agent answers commands of a scenario. These answers do not reach the broker. */
const answerTopic = "pi2mqtt_scenario/answer";
/** So many events of a topic are remembered. */
const mostEvents = 100;

/** An event that was published: its payload, and when. */
interface HeardEvent {
  readonly payload: string;
  readonly atMs: number;
}

/** Is placed between the agent and its bus. It remembers what was published and can send messages to the agent. */
export class WatchedBus {
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #said = new Map<string, string>();
  readonly #events = new Map<string, HeardEvent[]>();
  /** The last answer to each sender. */
  readonly #answers = new Map<string, string>();
  readonly #watchers = new Set<() => void>();
  #listener: BusListener | undefined;
  #isOnline = true;
  #isConnected: () => void = () => {};
  /** Resolves when the agent has connected for the first time and has published everything. */
  readonly connected = new Promise<void>((resolve) => {
    this.#isConnected = resolve;
  });

  /** `clock` says when something was published. */
  constructor(clock: Pick<Clock, "monotonicMs">) {
    this.#clock = clock;
  }

  /** Makes the agent's bus. With `further` the bus leads on to a broker. Without it the bus ends here and is connected at once. */
  connect(listener: BusListener, further?: (listener: BusListener) => Bus): Bus {
    this.#listener = listener;
    const connected = () => {
      listener.connected();
      this.#isConnected();
    };
    const bus = further?.({
      ...listener,
      connected,
      message: (message) => {
        if (this.#isOnline) listener.message(message);
      },
    });
    if (bus === undefined) queueMicrotask(connected);
    return {
      publish: (topic, payload, options) => {
        if (topic === answerTopic) this.#answers.set(new TextDecoder().decode(options?.correlation), payload);
        else if (this.#isOnline) bus?.publish(topic, payload, options);
        this.#remember(topic, payload);
        if (options?.retain !== false) this.#said.set(topic, payload);
        for (const watcher of [...this.#watchers]) watcher();
      },
      get waiting() {
        return bus?.waiting ?? 0;
      },
      get dropped() {
        return bus?.dropped ?? 0;
      },
      close: async () => bus?.close(),
    };
  }

  /** Takes the broker away, or brings it back. What the agent publishes meanwhile is seen here, and by nobody else. */
  setOnline(isOnline: boolean): void {
    if (isOnline === this.#isOnline) return;
    this.#isOnline = isOnline;
    if (isOnline) this.#listener?.connected();
    else this.#listener?.lost?.();
  }

  /** Publishes a message on a foreign topic, as somebody else does. The agent gets it if it listens there and the broker is online. */
  publish(topic: string, payload: string): void {
    const { topics = [], news = [], kept = [] } = this.#listener ?? {};
    if (!this.#isOnline || ![...topics, ...news, ...kept].includes(topic)) return;
    this.#listener?.message({ topic, payload: new TextEncoder().encode(payload), retained: false });
  }

  /** The last payload on a topic. */
  said(topic: string): string | undefined {
    return this.#said.get(topic);
  }

  /** The payloads on a topic since a time, the last hundred at most. */
  heard(topic: string, sinceMs: number): readonly string[] {
    return (this.#events.get(topic) ?? []).filter(({ atMs }) => atMs >= sinceMs).map(({ payload }) => payload);
  }

  /** The answer to the last message that was sent for this sender. Undefined if it was not answered yet. */
  answer(sender: string): string | undefined {
    return this.#answers.get(sender);
  }

  /** Calls the watcher after each message that the agent publishes. Returns what ends that. */
  watch(watcher: () => void): Cancel {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Sends the agent a message as a broker does. It is never retained. The agent is asked to answer the sender. */
  send(topic: string, payload: string, sender: string): void {
    this.#answers.delete(sender);
    const bytes = new TextEncoder();
    this.#listener?.message({
      topic,
      payload: bytes.encode(payload),
      retained: false,
      answerTo: { topic: answerTopic, correlation: bytes.encode(sender) },
    });
  }

  #remember(topic: string, payload: string): void {
    const events = this.#events.get(topic) ?? [];
    this.#events.set(topic, events);
    events.push({ payload, atMs: this.#clock.monotonicMs() });
    if (events.length > mostEvents) events.shift();
  }
}
