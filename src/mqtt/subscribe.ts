import type { BusListener } from "../core/messages/bus.ts";
import { subscribeSize } from "./broker-limits.ts";
import type { Denied } from "./outgoing/publisher.ts";

/** How many topics are in one SUBSCRIBE. Some brokers have a limit. */
const topicsPerSubscribe = 100;
/** The code "Packet too large". */
const packetTooLarge = 149;

/** The part of mqtt.js that is used. It rejects if the broker grants less than was asked for, with the broker's answer as `packet`. */
interface Subscriber {
  subscribeAsync(topics: string[], options: { qos: 1; rh: 0 | 2; rap: boolean }): Promise<unknown>;
}

interface Wanted extends Pick<BusListener, "topics" | "news" | "kept"> {
  /** The broker does not allow subscribing to these topics; `code` says why. */
  denied(what: Denied, code: number): void;
}

/**
 * Subscribes to all topics, in packets within the broker's size limit. Topics that the broker does not allow are passed to `denied`; the
 * others work. Rejects with mqtt.js's error if the connection ends.
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
  // Retain handling 2: the broker does not send commands that it has kept. Retain as published: a message that was published with retain is
  // marked so. MQTT 3.1.1 has neither and ignores both.
  subscribeToAll(topics, 2, true);
  subscribeToAll(news, 2);
  subscribeToAll(kept, 0);
  await Promise.all(batches);
}

/** Puts the topics, in their order, into batches that are as large as possible. A topic that does not fit gets a batch of its own. */
function batchesOf(topics: readonly string[], fits: (some: readonly string[]) => boolean): string[][] {
  const batches: string[][] = [];
  let batch: string[] = [];
  for (const topic of topics) {
    batch.push(topic);
    if (batch.length === 1 || (batch.length <= topicsPerSubscribe && fits(batch))) continue;
    batches.push(batch.slice(0, -1));
    batch = [topic];
  }
  return batch.length === 0 ? batches : [...batches, batch];
}
