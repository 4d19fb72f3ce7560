import type { BusMessage } from "../core/messages/bus.ts";
import { agentTopics } from "../core/messages/topic.ts";
import type { Cancel } from "../core/time/clock.ts";
import type { HandOverPorts } from "./hand-over.ts";
import type { House } from "./house.ts";
import { nothingAnnounced, readManifest } from "./manifest.ts";
import { OtherMachine } from "./other-machine.ts";
import { Update } from "./update.ts";

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
 * manifest: it lives exactly as long as the messages that it tells of, wants no disk, and outlives a new installation. So it is
 * read first, at each connect. A broker that lost its store has neither; it is told everything, and then the manifest.
 */
export class Announcer {
  readonly #ports: AnnouncerPorts;
  readonly #agentId: string;
  readonly #manifestTopic: string;
  readonly #statusTopic: string;
  readonly #update: Update;
  readonly #other: OtherMachine;
  /** A manifest that may be for the connection that is about to be acknowledged. */
  #early: Uint8Array | undefined;
  #isWaiting = false;
  #isConnecting = false;
  #cancelWait: Cancel = () => {};
  #cancelBirth: Cancel = () => {};

  constructor(house: House, ports: AnnouncerPorts) {
    this.#ports = ports;
    this.#agentId = house.agent.id;
    this.#manifestTopic = agentTopics(house.agent.topic).announced;
    this.#statusTopic = house.settings.status_topic;
    this.#other = new OtherMachine(house.agent, ports);
    this.#update = new Update(house, {
      ...ports,
      // Whoever says that it is connected says the states next.
      announced: () => {
        if (!this.#isConnecting) ports.announceStates();
      },
    });
  }

  /** To be heard from now on. */
  get topics(): readonly string[] {
    return this.#update.isEmpty ? [] : [this.#statusTopic];
  }

  /** To be heard with what the broker keeps there. */
  get kept(): readonly string[] {
    return [this.#manifestTopic];
  }

  /**
   * Announces before it returns, so that the states may follow, where the manifest has come already. Else it announces when that
   * comes or when there is none, and has the states said again where Home Assistant may not have known whose they are.
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

  /** Takes a message from one of {@link topics} or {@link kept}. Answers whether it was one. */
  message({ topic, payload, retained }: BusMessage): boolean {
    if (topic === this.#manifestTopic) {
      if (retained) this.#receive(payload);
      else this.#hear(payload);
      return true;
    }
    if (topic !== this.#statusTopic) return false;
    // A birth that the broker kept is an old one, and everything was said at the connect.
    if (!retained && new TextDecoder().decode(payload) === "online")
      this.#welcomeIn(this.#ports.random() * longestJitterMs);
    return true;
  }

  /** Ends what waits. */
  stop(): void {
    this.#isWaiting = false;
    this.#cancelWait();
    this.#cancelBirth();
    this.#other.stop();
    this.#update.stop();
  }

  /** The manifest is for this connection, or for the next one, of which nobody has told yet. */
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

  /** Somebody has just written a manifest: this agent, or another machine that is connected now. */
  #hear(payload: Uint8Array): void {
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
