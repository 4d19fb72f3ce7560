import type { Log } from "../core/log/log.ts";
import type { Bus } from "../core/messages/bus.ts";
import type { AnnouncedHouse } from "./announced-house.ts";
import { type Announcement, announcements, singles } from "./announcement.ts";
import { type Components, homes } from "./difference.ts";
import { payloadOf } from "./messages.ts";

/** What sending needs. */
export interface OutgoingPorts {
  readonly publish: Bus["publish"];
  readonly log: Log;
}

/**
 * Everything that is announced, in a form that the broker accepts. If a message is too large, a message for each entity is sent instead. An
 * entity whose own message is too large is left out.
 */
export class Outgoing {
  readonly #ports: OutgoingPorts;
  readonly #wanted: readonly Announcement[];
  readonly #onRefusal: (topic: string) => void;
  /** What others announce on other topics. It must not be moved. */
  #elsewhere: Components = {};
  #tooLarge: Readonly<Record<string, number>> = {};
  readonly #leftOut = new Set<string>();
  /** Counts the connections. A refusal may come when its connection is over; it says nothing about the next one. */
  #round = 0;
  readonly #said = new Set<string>();

  constructor(house: AnnouncedHouse, ports: OutgoingPorts, onRefusal: (topic: string) => void) {
    this.#ports = ports;
    this.#wanted = announcements(house);
    this.#onRefusal = onRefusal;
  }

  /** Starts again with what is known of the broker. */
  reset(tooLarge: Readonly<Record<string, number>>, elsewhere: Components = {}): void {
    this.#tooLarge = tooLarge;
    this.#elsewhere = elsewhere;
    this.#leftOut.clear();
    this.#round += 1;
  }

  /** Topics of messages that were too large for this broker, with their size in bytes. */
  get tooLarge(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.entries(this.#tooLarge).filter(([topic]) => this.#isTooLarge(topic)));
  }

  /** Whether there is nothing to announce. */
  get isEmpty(): boolean {
    return this.#wanted.length === 0;
  }

  /** What is announced on this broker. */
  get announcements(): readonly Announcement[] {
    const home = homes(this.#elsewhere);
    return this.#wanted
      .flatMap((one) => (this.#isTooLarge(one.topic) ? singles(one) : [one]))
      .filter(({ topic }) => !this.#leftOut.has(topic))
      .map((one) => ({
        ...one,
        components: Object.fromEntries(
          Object.entries(one.components).filter(([id]) => (home.get(id) ?? one.topic) === one.topic),
        ),
      }))
      .filter(({ components }) => Object.keys(components).length > 0);
  }

  /**
   * Publishes all announcements, with the components that are to be removed. Calls `onRefusal` for each topic whose message was too large,
   * at once or later.
   */
  send(removed: Components): void {
    const round = this.#round;
    for (const one of this.announcements) {
      const tooLarge = () => {
        if (round === this.#round) this.#refused(one);
      };
      this.#ports.publish(one.topic, payloadOf(one, removed[one.topic]), { tooLarge });
    }
  }

  #refused(one: Announcement): void {
    const { log } = this.#ports;
    const { topic, isSingle } = one;
    if (isSingle ? this.#leftOut.has(topic) : this.#isTooLarge(topic)) return;
    const bytes = sizeOf(one);
    const isNew = !this.#said.has(topic);
    this.#said.add(topic);
    if (isSingle) this.#leftOut.add(topic);
    else this.#tooLarge = { ...this.#tooLarge, [topic]: bytes };
    if (isNew && isSingle)
      log.warn(
        { topic, bytes },
        "the broker does not take this message for its size; Home Assistant is not told of this entity",
      );
    if (isNew && !isSingle)
      log.info(
        { topic, bytes },
        "the broker does not take this message for its size; announcing each entity by itself",
      );
    this.#onRefusal(topic);
  }

  /** Whether the message of a topic is too large. It is tried again if it has become smaller than the one that was refused. */
  #isTooLarge(topic: string): boolean {
    const one = this.#wanted.find((wanted) => wanted.topic === topic);
    const refused = this.#tooLarge[topic];
    return one !== undefined && !one.isSingle && refused !== undefined && sizeOf(one) >= refused;
  }
}

function sizeOf(announcement: Announcement): number {
  return Buffer.byteLength(payloadOf(announcement));
}
