import type { Bus, BusListener } from "../core/messages/bus.ts";
import type { Cancel } from "../core/time/clock.ts";

/** Stands between the agent and its bus: remembers what was said, and can say something itself. */
export class WatchedBus {
  readonly #said = new Map<string, string>();
  readonly #watchers = new Set<() => void>();
  #listener: BusListener | undefined;
  #isConnected: () => void = () => {};
  /** Resolves once the agent has been connected, and has said everything. */
  readonly connected = new Promise<void>((resolve) => {
    this.#isConnected = resolve;
  });

  /** The agent's bus: one that leads on to a broker, or without `further` one that ends here and is connected at once. */
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

  /** Calls the watcher after every message of the agent. */
  watch(watcher: () => void): Cancel {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Hands the agent a message as a broker does: never retained. */
  send(topic: string, payload: string): void {
    this.#listener?.message({ topic, payload: new TextEncoder().encode(payload), retained: false });
  }
}
