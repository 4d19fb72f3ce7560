import type { BusMessage } from "../core/bus.ts";
import type { Cancel } from "../core/clock.ts";
import { agentTopics } from "../core/topic.ts";
import { type Announcement, announcements } from "./announcement.ts";
import { HandOver, type HandOverPorts } from "./hand-over.ts";
import type { House } from "./house.ts";
import { type Difference, difference, type Manifest, manifestOf, readManifest, writeManifest } from "./manifest.ts";
import { payloadOf } from "./messages.ts";

/** What the announcer needs of its surroundings. */
export interface AnnouncerPorts extends HandOverPorts {
  /** From 0 to 1. */
  readonly random: () => number;
  /** Says every state and availability again. */
  readonly announceStates: () => void;
}

/** A broker that has the manifest sends it at once, often before it acknowledges the subscription; one that has not says nothing. */
const manifestPatienceMs = 2_000;
/** After a restart of Home Assistant not every agent of the house speaks in the same instant. */
const longestJitterMs = 3_000;

/**
 * Tells Home Assistant what there is, and takes back what is no more. What was told is remembered by the broker, as a retained
 * manifest: it lives exactly as long as the messages that it tells of, wants no disk, and outlives a new installation. A broker
 * that lost its store has neither; it is told everything, and then the manifest.
 *
 * A component that is taken back stays named in its message until Home Assistant next says that it is online, since it may be
 * out of reach when the component goes. What goes while Home Assistant is not running, or between the loss of a store and the
 * next start, stays in its list of entities as no longer provided, until a person deletes it there.
 */
export class Announcer {
  readonly #ports: AnnouncerPorts;
  readonly #agentId: string;
  readonly #manifestTopic: string;
  readonly #statusTopic: string;
  readonly #announcements: readonly Announcement[];
  readonly #handOver: HandOver;
  #removed: Manifest = {};
  /** The manifest that the broker sent. */
  #earlier: Uint8Array | undefined;
  #hasCompared = false;
  #cancelWait: Cancel = () => {};
  #cancelBirth: Cancel = () => {};

  constructor(house: House, ports: AnnouncerPorts) {
    this.#ports = ports;
    this.#agentId = house.agent.id;
    this.#manifestTopic = agentTopics(house.agent.topic).announced;
    this.#statusTopic = house.settings.status_topic;
    this.#announcements = announcements(house);
    this.#handOver = new HandOver(ports);
  }

  /** To be heard from now on. */
  get topics(): readonly string[] {
    return this.#announcements.length > 0 ? [this.#statusTopic] : [];
  }

  /** To be heard with what the broker keeps there. */
  get kept(): readonly string[] {
    return [this.#manifestTopic];
  }

  /** Hands every discovery message to the bus before it returns, so that the states may follow. */
  connected(): void {
    this.stop();
    this.#announce();
    this.#hasCompared = false;
    this.#cancelWait = this.#ports.clock.after(manifestPatienceMs, () => {
      this.#hasCompared = true;
      if (this.#earlier !== undefined || this.#announcements.length > 0) this.#compare(this.#earlier);
      this.#earlier = undefined;
    });
  }

  /** Takes a message from one of {@link topics} or {@link kept}. Answers whether it was one. */
  message({ topic, payload, retained }: BusMessage): boolean {
    if (topic === this.#manifestTopic) {
      if (retained) this.#remember(payload);
      return true;
    }
    if (topic !== this.#statusTopic) return false;
    // A birth that the broker kept is an old one, and everything was said at the connect.
    if (!retained && new TextDecoder().decode(payload) === "online") this.#welcome();
    return true;
  }

  /** Ends what waits. */
  stop(): void {
    this.#cancelWait();
    this.#handOver.stop();
    this.#cancelBirth();
  }

  #announce(): void {
    const { publish } = this.#ports;
    for (const announcement of this.#announcements)
      publish(announcement.topic, payloadOf(announcement, this.#removed[announcement.topic]));
  }

  #remember(manifest: Uint8Array): void {
    this.#earlier = manifest;
    if (this.#hasCompared) this.#compare(manifest);
  }

  #compare(manifest: Uint8Array | undefined): void {
    const { log, announceStates } = this.#ports;
    const before = manifest && readManifest(manifest, this.#agentId);
    if (manifest !== undefined && before === undefined)
      log.warn({ topic: this.#manifestTopic }, "cannot read what was announced earlier");
    const change = difference(before ?? {}, manifestOf(this.#announcements));
    if (before !== undefined) this.#removed = change.removed;
    const [any] = this.#announcements;
    if (change.left.length === 0 || any === undefined) {
      if (Object.keys(change.removed).length > 0) this.#announce();
      this.#finish(change);
      return;
    }
    this.#handOver.begin(change, any, () => {
      this.#announce();
      this.#finish(change);
      // Home Assistant before 2024.11 cannot hand over: it takes the new topic once the old one is empty.
      this.#announce();
      announceStates();
    });
  }

  #finish({ emptied, removed, lost }: Difference): void {
    const { log, publish } = this.#ports;
    for (const topic of emptied) publish(topic, "");
    publish(this.#manifestTopic, writeManifest(this.#announcements, this.#removed));
    const components = Object.values({ ...removed, ...lost }).flatMap((ids) => Object.keys(ids));
    if (components.length + emptied.length > 0)
      log.info({ components, topics: emptied }, "took back from Home Assistant what is no longer announced");
  }

  #welcome(): void {
    const { clock, log, random, publish, announceStates } = this.#ports;
    this.#cancelBirth();
    this.#cancelBirth = clock.after(random() * longestJitterMs, () => {
      log.info({}, "Home Assistant is online; telling it everything");
      this.#removed = {};
      this.#announce();
      publish(this.#manifestTopic, writeManifest(this.#announcements));
      announceStates();
    });
  }
}
