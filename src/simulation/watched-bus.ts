import type { Bus, BusListener } from "../core/messages/bus.ts";
import type { Cancel } from "../core/time/clock.ts";

/** Is placed between the agent and its bus. It remembers what was published and can send messages to the agent. */
export class WatchedBus {
  readonly #said = new Map<string, string>();
  readonly #watchers = new Set<() => void>();
  #listener: BusListener | undefined;
  #isConnected: () => void = () => {};
  /** Resolves when the agent has connected for the first time and has published everything. */
  readonly connected = new Promise<void>((resolve) => {
    this.#isConnected = resolve;
  });

  /** Makes the agent's bus. With `further` the bus leads on to a broker. Without it the bus ends here and is connected at once. */
  connect(listener: BusListener, further?: (listener: BusListener) => Bus): Bus {
    this.#listener = listener;
    const connected = () => {
      listener.connected();
      this.#isConnected();
    };
    const bus = further?.({ ...listener, connected });
    if (bus === undefined) queueMicrotask(connected);
    return {
      publish: (topic, payload, options) => {
        this.#said.set(topic, payload);
        bus?.publish(topic, payload, options);
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

  /** The last payload on a topic. */
  said(topic: string): string | undefined {
    return this.#said.get(topic);
  }

  /** Calls the watcher after each message that the agent publishes. Returns what ends that. */
  watch(watcher: () => void): Cancel {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Sends the agent a message as a broker does. It is never retained. */
  send(topic: string, payload: string): void {
    this.#listener?.message({ topic, payload: new TextEncoder().encode(payload), retained: false });
  }
}
