import type { Cancel } from "../core/time/clock.ts";
import type { AnnouncedHouse } from "./announced-house.ts";
import { componentsOf, type Difference, difference, together, without } from "./difference.ts";
import { Farewell } from "./farewell.ts";
import { HandOver, type HandOverPorts } from "./hand-over.ts";
import { KeptManifest } from "./kept-manifest.ts";
import { devicesOf, emptyLeftStates } from "./kept-states.ts";
import { keepTopics, type Manifest, nothingAnnounced } from "./manifest.ts";
import { Outgoing } from "./outgoing.ts";

/** What an update needs. */
export interface UpdatePorts extends HandOverPorts {
  /** Called when something was announced that Home Assistant did not know, so that its states can be published. */
  readonly announced: () => void;
}

/** How long refusals are collected. A broker that reports them late reports them one after the other. */
const gatherMs = 1_000;

/**
 * Changes the announcements to what they should be. It removes old topics, announces, and writes the manifest last, so that an update that
 * was interrupted is done again at the next connect.
 *
 * A removed component stays named in its message and in the manifest until Home Assistant says again that it is online, because Home
 * Assistant may not be running when the component is removed.
 */
export class Update {
  readonly #house: AnnouncedHouse;
  readonly #ports: UpdatePorts;
  readonly #handOver: HandOver;
  readonly #farewell: Farewell;
  readonly #outgoing: Outgoing;
  readonly #remembered: KeptManifest;
  /** What the broker has from this agent, as far as it is known. */
  #known: Manifest = nothingAnnounced;
  /** What the broker had on these topics before the last announcement. It still has that where it refused the announcement. */
  #before: Manifest["announced"] = {};
  readonly #refused = new Set<string>();
  #isUnderWay = false;
  #isBeside = false;
  #cancelGathering: Cancel = () => {};

  constructor(house: AnnouncedHouse, ports: UpdatePorts) {
    this.#house = house;
    this.#ports = ports;
    this.#remembered = new KeptManifest(house, ports);
    this.#farewell = new Farewell(house.agent, ports);
    this.#handOver = new HandOver(ports, house.agent.version);
    this.#outgoing = new Outgoing(house, ports, (topic) => this.#noteRefusal(topic));
  }

  /** Whether there is nothing to announce. */
  get isEmpty(): boolean {
    return this.#outgoing.isEmpty;
  }

  /** Whether entities are being moved from one topic to another. Nothing may be announced meanwhile. */
  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** Changes the announcements from `before` to what they should be: at once, or within some seconds if entities move. */
  begin(before: Manifest): void {
    this.stop();
    this.#isBeside = false;
    this.#outgoing.reset(before.tooLarge);
    this.#known = before;
    this.#bring();
  }

  /** Announces without moving or removing anything that another machine has announced. */
  beginBeside({ announced, tooLarge }: Manifest): void {
    this.stop();
    this.#isBeside = true;
    this.#outgoing.reset(tooLarge, announced);
    this.#known = nothingAnnounced;
    this.#bring();
  }

  /** Announces everything to a Home Assistant that has just started, and makes it forget what was removed. */
  tellAgain(): void {
    this.#outgoing.send({});
    this.#farewell.begin(this.#known.removed, () => this.#remember({ ...this.#known, removed: {} }));
    this.#ports.announced();
  }

  /** Cancels what waits. */
  stop(): void {
    this.#handOver.stop();
    this.#cancelGathering();
    this.#farewell.stop();
    this.#refused.clear();
    this.#isUnderWay = false;
  }

  #bring(): void {
    const change = difference(this.#known.announced, componentsOf(this.#outgoing.announcements));
    this.#isUnderWay = true;
    this.#handOver.begin(change, () => this.#finish(change));
  }

  #finish({ gone, emptied, left }: Difference): void {
    const { log, announced } = this.#ports;
    const { announced: before, devices: devicesBefore } = this.#known;
    const now = componentsOf(this.#outgoing.announcements);
    const devices = devicesOf(this.#house);
    const removed = without(together(this.#known.removed, gone), now);
    this.#before = keepTopics(before, (topic) => topic in now);
    this.#known = { ...this.#known, announced: now, removed };
    this.#outgoing.send(removed);
    this.#isUnderWay = false;
    const components = Object.values(gone).flatMap((ids) => Object.keys(ids));
    if (components.length > 0)
      log.info({ components, topics: emptied }, "took back from Home Assistant what is no longer announced");
    if (this.#refused.size > 0) {
      this.#bringInOtherForm();
      return;
    }
    if (!this.#isBeside) emptyLeftStates(devicesBefore, devices, this.#house, this.#ports.publish);
    this.#remember({ ...this.#known, devices });
    const isOld = left.length === 0 && Object.keys(without(now, before)).length === 0;
    if (!isOld || JSON.stringify(devices) !== JSON.stringify(devicesBefore)) announced();
  }

  #remember(manifest: Manifest): void {
    this.#known = { ...manifest, tooLarge: this.#outgoing.tooLarge };
    if (!this.#isBeside) this.#remembered.write(this.#known);
  }

  /** A broker may refuse a message before `send` returns, or seconds later. */
  #noteRefusal(topic: string): void {
    this.#refused.add(topic);
    this.#cancelGathering();
    this.#cancelGathering = this.#ports.clock.after(gatherMs, () => this.#bringInOtherForm());
  }

  #bringInOtherForm(): void {
    const isRefused = (topic: string) => this.#refused.has(topic);
    const announced = {
      ...keepTopics(this.#known.announced, (topic) => !isRefused(topic)),
      ...keepTopics(this.#before, isRefused),
    };
    this.#known = { ...this.#known, announced };
    this.#cancelGathering();
    this.#handOver.stop();
    this.#refused.clear();
    this.#bring();
  }
}
