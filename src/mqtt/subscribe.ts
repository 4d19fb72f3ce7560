import type { BusListener } from "../core/messages/bus.ts";
import { subscribeSize } from "./broker-limits.ts";
import type { Denied } from "./outgoing/publisher.ts";

/** Some brokers take only so many topics in one SUBSCRIBE. */
const topicsPerSubscribe = 100;
/** "Packet too large". */
const packetTooLarge = 149;

/** What it takes of mqtt.js: rejects, where the broker grants less than was asked for, with its answer as `packet`. */
interface Subscriber {
  subscribeAsync(topics: string[], options: { qos: 1; rh: 0 | 2; rap: boolean }): Promise<unknown>;
}

interface Wanted extends Pick<BusListener, "topics" | "news" | "kept"> {
  /** The broker does not let us hear these topics, for the reason of that code. */
  denied(what: Denied, code: number): void;
}

/**
 * Subscribes to all topics, in packets of no more than so many bytes. Those that the broker does not let us hear are told, the others
 * work. Rejects with mqtt.js's error when the connection ends meanwhile.
 */
export async function subscribe(
  client: Subscriber,
  packetSize: number,
  { topics, news = [], kept = [], denied }: Wanted,
): Promise<void> {
  const fits = (some: readonly string[]) =>
    packetSize === Number.POSITIVE_INFINITY || subscribeSize(some) <= packetSize;
  const subscribeTo = async (some: string[], rh: 0 | 2, rap: boolean) => {
    try {
      await client.subscribeAsync(some, { qos: 1, rh, rap });
    } catch (cause) {
      const { granted } = (cause as { packet?: { granted?: unknown[] } }).packet ?? {};
      if (granted?.length !== some.length) throw cause;
      for (const code of new Set(granted.map(Number).filter((each) => each >= 0x80)))
        denied({ action: "subscribe", topics: some.filter((_topic, index) => Number(granted[index]) === code) }, code);
    }
  };
  const batches: Promise<void>[] = [];
  const subscribeToAll = (all: readonly string[], rh: 0 | 2, rap = false) => {
    for (const batch of batchesOf(all, fits)) {
      if (fits(batch)) batches.push(subscribeTo(batch, rh, rap));
      else denied({ action: "subscribe", topics: batch }, packetTooLarge);
    }
  };
  // Retain handling 2: the broker sends no retained commands. Retain as published: it hides from us of none that it was to be
  // retained. MQTT 3.1.1 has neither and ignores both.
  subscribeToAll(topics, 2, true);
  subscribeToAll(news, 2);
  subscribeToAll(kept, 0);
  await Promise.all(batches);
}

/** The topics in their order, as many together as fit; one that does not fit stands alone. */
function batchesOf(topics: readonly string[], fits: (some: readonly string[]) => boolean): string[][] {
  const batches: string[][] = [];
  let batch: string[] = [];
  for (const topic of topics) {
    if (batch.length > 0 && (batch.length === topicsPerSubscribe || !fits([...batch, topic]))) {
      batches.push(batch);
      batch = [];
    }
    batch.push(topic);
  }
  return batch.length === 0 ? batches : [...batches, batch];
}
