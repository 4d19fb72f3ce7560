import type { BusMessage } from "../core/messages/bus.ts";
import type { WantedPayload } from "../core/rules/trigger.ts";
import type { Cancel } from "../core/time/clock.ts";

/** Longer payloads than this are nobody's word. */
const longestBytes = 65_536;

/** Messages on foreign topics that set rules off. */
export class Messages {
  readonly #listeners = new Map<string, Set<(payload: string) => void>>();

  /** Calls `tell` with each new payload on a topic. */
  listen(topic: string, tell: (payload: string) => void): Cancel {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners);
    listeners.add(tell);
    return () => void listeners.delete(tell);
  }

  /**
   * Takes a message. One that the broker has kept is old, so it sets nothing off. Returns whether any rule listens to its topic.
   */
  receive({ topic, payload, retained }: BusMessage): boolean {
    const listeners = this.#listeners.get(topic);
    if (listeners === undefined) return false;
    if (retained || payload.length > longestBytes) return true;
    const text = new TextDecoder().decode(payload);
    for (const tell of [...listeners]) tell(text);
    return true;
  }
}

/** Whether a payload is the wanted one. Spaces around a text do not count. */
export function isWanted(wanted: WantedPayload | undefined, payload: string): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === "string") return payload.trim() === wanted.trim();
  try {
    const value: unknown = JSON.parse(payload);
    return wanted.key.split(".").reduce(below, value) === wanted.value;
  } catch {
    return false;
  }
}

function below(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
