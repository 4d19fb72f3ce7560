import type { BusListener } from "../core/bus.ts";

/** Some brokers take only so many topics in one SUBSCRIBE. */
const topicsPerSubscribe = 100;

/** What it takes of mqtt.js: rejects, where the broker grants less than was asked for, with its answer as `packet`. */
interface Subscriber {
  subscribeAsync(topics: string[], options: { qos: 1; rh: 0 | 2; rap: boolean }): Promise<unknown>;
}

interface Wanted extends Pick<BusListener, "topics" | "news" | "kept"> {
  /** The broker's access rules forbid these topics. */
  forbidden(action: "subscribe", topics: readonly string[]): void;
}

/**
 * Subscribes to all topics; those that the broker's rules forbid are told, the others work. Rejects with mqtt.js's error when the
 * connection ends meanwhile.
 */
export async function subscribe(
  client: Subscriber,
  { topics, news = [], kept = [], forbidden }: Wanted,
): Promise<void> {
  const subscribeTo = async (some: string[], rh: 0 | 2, rap = false) => {
    try {
      await client.subscribeAsync(some, { qos: 1, rh, rap });
    } catch (cause) {
      const { granted } = (cause as { packet?: { granted?: unknown[] } }).packet ?? {};
      if (granted === undefined) throw cause;
      forbidden(
        "subscribe",
        some.filter((_topic, index) => Number(granted[index]) >= 0x80),
      );
    }
  };
  const batches: Promise<void>[] = [];
  // Retain handling 2: the broker sends no retained commands. Retain as published: it hides from us of none that it was to be
  // retained. MQTT 3.1.1 has neither and ignores both.
  for (let start = 0; start < topics.length; start += topicsPerSubscribe)
    batches.push(subscribeTo(topics.slice(start, start + topicsPerSubscribe), 2, true));
  if (news.length > 0) batches.push(subscribeTo([...news], 2));
  if (kept.length > 0) batches.push(subscribeTo([...kept], 0));
  await Promise.all(batches);
}
