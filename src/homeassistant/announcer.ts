import type { BusMessage } from "../core/messages/bus.ts";
import { agentTopics } from "../core/messages/topic.ts";
import type { Cancel } from "../core/time/clock.ts";
import type { AnnouncedHouse } from "./announced-house.ts";
import type { HandOverPorts } from "./hand-over.ts";
import { isWrittenFor, nothingAnnounced, readManifest } from "./manifest.ts";
import { OtherMachine } from "./other-machine.ts";
import { Update } from "./update.ts";

/** What the announcer needs. */
export interface AnnouncerPorts extends HandOverPorts {
  /** Gives a number from 0 to 1. */
  readonly random: () => number;
  /** Publishes all states and availabilities again. */
  readonly announceStates: () => void;
}

/**
 * How long to wait for the manifest. A broker that has it sends it at once, often before it acknowledges the subscription. A broker that
 * does not have it sends nothing.
 */
const manifestPatienceMs = 2_000;
/** How long an agent waits at most after a restart of Home Assistant, so that not all agents publish at the same instant. */
const longestJitterMs = 3_000;

/**
 * Tells Home Assistant which entities exist, and removes those that no longer exist. What was announced is kept by the broker in a retained
 * message, the manifest. It lasts as long as the announcements themselves, needs no disk, and survives a new installation. So at each
 * connect it is read first. A broker that lost its messages has neither; then everything is announced, and the manifest written.
 */
export class Announcer {
  readonly #ports: AnnouncerPorts;
  readonly #agentId: string;
  readonly #machine: string | undefined;
  readonly #manifestTopic: string;
  readonly #statusTopic: string;
  readonly #update: Update;
  readonly #other: OtherMachine;
  /** A manifest that may belong to the connection that is about to be acknowledged. */
  #early: Uint8Array | undefined;
  #isWaiting = false;
  #isConnecting = false;
  #cancelWait: Cancel = () => {};
  #cancelBirth: Cancel = () => {};

  constructor(house: AnnouncedHouse, ports: AnnouncerPorts) {
    this.#ports = ports;
    this.#agentId = house.agent.id;
    this.#machine = house.agent.machine;
    this.#manifestTopic = agentTopics(house.agent.topic).announced;
    this.#statusTopic = house.settings.status_topic;
    this.#other = new OtherMachine(house.agent, ports);
    this.#update = new Update(house, {
      ...ports,
      // If the announcing happens at a connect, the states are published after it anyway.
      announced: () => {
        if (!this.#isConnecting) ports.announceStates();
      },
    });
  }

  /** Topics to subscribe to. */
  get topics(): readonly string[] {
    return this.#update.isEmpty ? [] : [this.#statusTopic];
  }

  /** Topics to subscribe to, with the messages that the broker has kept there. */
  get kept(): readonly string[] {
    return [this.#manifestTopic];
  }

  /**
   * If the manifest has come already, announces before it returns, so that the states can follow. Otherwise it announces when the manifest
   * comes, or when it is clear that there is none. Then the states are published again where Home Assistant may not have known their
   * entities.
   */
  connected(): void {
    this.stop();
    const early = this.#early;
    this.#early = undefined;
    this.#isWaiting = early === undefined;
    this.#isConnecting = true;
    if (early !== undefined) this.#read(early);
    else this.#cancelWait = this.#ports.clock.after(manifestPatienceMs, () => this.#read(undefined));
    this.#isConnecting = false;
  }

  /** Takes a message from one of {@link topics} or {@link kept}. Returns whether it was one. */
  message({ topic, payload, retained }: BusMessage): boolean {
    if (topic === this.#manifestTopic) {
      if (retained) this.#receive(payload);
      else this.#hear(payload);
      return true;
    }
    if (topic !== this.#statusTopic) return false;
    // A kept birth message is an old one, and everything was announced at the connect.
    if (!retained && new TextDecoder().decode(payload) === "online")
      this.#welcomeIn(this.#ports.random() * longestJitterMs);
    return true;
  }

  /** Cancels what waits. */
  stop(): void {
    this.#isWaiting = false;
    this.#cancelWait();
    this.#cancelBirth();
    this.#other.stop();
    this.#update.stop();
  }

  /** Takes a manifest. It belongs to this connection, or to the next one if that has not been reported yet. */
  #receive(payload: Uint8Array): void {
    if (this.#isWaiting) {
      this.#read(payload);
      return;
    }
    this.#early = payload;
    this.#cancelWait();
    this.#cancelWait = this.#ports.clock.after(manifestPatienceMs, () => {
      this.#early = undefined;
      this.#read(payload);
    });
  }

  #read(payload: Uint8Array | undefined): void {
    this.#cancelWait();
    this.#isWaiting = false;
    const before = payload && readManifest(payload, this.#agentId);
    if (payload !== undefined && before === undefined)
      this.#ports.log.warn({ topic: this.#manifestTopic }, "cannot read what was announced earlier");
    this.#other.stop();
    if (before !== undefined && this.#other.wrote(before)) {
      this.#update.beginBeside(before);
      this.#other.found(() => this.#update.begin(before));
    } else if (payload !== undefined || !this.#update.isEmpty) this.#update.begin(before ?? nothingAnnounced);
  }

  /** Takes a manifest that was written just now, by this agent or by another machine that is connected. */
  #hear(payload: Uint8Array): void {
    if (isWrittenFor(this.#machine, payload)) return;
    const manifest = readManifest(payload, this.#agentId);
    if (manifest !== undefined && this.#other.wrote(manifest)) this.#other.heard();
  }

  #welcomeIn(ms: number): void {
    const { clock, log } = this.#ports;
    this.#cancelBirth();
    this.#cancelBirth = clock.after(ms, () => {
      if (this.#isWaiting || this.#update.isUnderWay) {
        this.#welcomeIn(manifestPatienceMs);
        return;
      }
      log.info({}, "Home Assistant is online; telling it everything");
      this.#update.tellAgain();
    });
  }
}
