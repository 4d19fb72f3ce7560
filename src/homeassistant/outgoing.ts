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
  readonly #house: AnnouncedHouse;
  /** Made when it is needed, and forgotten when memory is: it is large, and the next time may be weeks away. */
  #made: WeakRef<readonly Announcement[]> | undefined;
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
    this.#house = house;
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
    const tooLarge = new Set(this.#wanted.filter((one) => this.#isTooLarge(one)).map(({ topic }) => topic));
    return Object.fromEntries(Object.entries(this.#tooLarge).filter(([topic]) => tooLarge.has(topic)));
  }

  /** Whether there is nothing to announce. */
  get isEmpty(): boolean {
    return this.#house.settings.discovery === false;
  }

  /** What is announced on this broker. */
  get announcements(): readonly Announcement[] {
    const home = homes(this.#elsewhere);
    return this.#wanted
      .flatMap((one) => (this.#isTooLarge(one) ? singles(one) : [one]))
      .filter(({ topic }) => !this.#leftOut.has(topic))
      .map((one) => (home.size === 0 ? one : withoutThoseElsewhere(one, home)))
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
    const isKnown = () => this.#wanted.some((wanted) => wanted.topic === topic && this.#isTooLarge(wanted));
    if (isSingle ? this.#leftOut.has(topic) : isKnown()) return;
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

  /** What is announced on a broker without limits. */
  get #wanted(): readonly Announcement[] {
    const made = this.#made?.deref() ?? announcements(this.#house);
    this.#made = new WeakRef(made);
    return made;
  }

  /** Whether a message is too large. It is tried again if it has become smaller than the one that was refused. */
  #isTooLarge(one: Announcement): boolean {
    const refused = this.#tooLarge[one.topic];
    return !one.isSingle && refused !== undefined && sizeOf(one) >= refused;
  }
}

function sizeOf(announcement: Announcement): number {
  return Buffer.byteLength(payloadOf(announcement));
}

/** The announcement without the components that have their home on another topic. */
function withoutThoseElsewhere(one: Announcement, home: ReadonlyMap<string, string>): Announcement {
  const here = Object.entries(one.components).filter(([id]) => (home.get(id) ?? one.topic) === one.topic);
  return { ...one, components: Object.fromEntries(here) };
}
