import type { FakeBus } from "../fakes/bus.ts";
import { checkDeviceMessage, checkEntityMessage } from "./documented.ts";
import { eventIn, nameOf, setsOff } from "./happenings.ts";

/** A trigger is in no list: nothing is left of it when it is gone. */
interface Trigger {
  readonly topic: string;
  readonly settings: Settings;
}

interface Shown extends Trigger {
  readonly topic: string;
  /** An entity of its list is known by its platform and its unique id. */
  readonly entry: string;
  readonly uniqueId: string;
}

type Settings = Readonly<Record<string, unknown>>;

/**
 * A Home Assistant that reads discovery messages as the real one does (homeassistant/components/mqtt: discovery.py, entity.py):
 * it knows an entity by platform, node and object; takes no second message for it from another topic, and no second entity of the
 * same unique id; forgets what its owner set when an entity is removed, and keeps it when one is handed over; hears the states of
 * those entities only that it knows; and keeps a list of all entities, over a restart too. Triggers for automations it knows by the same
 * rules, and has them in no list.
 */
export class HomeAssistant {
  readonly #bus: FakeBus;
  readonly #entities = new Map<string, Shown>();
  readonly #triggers = new Map<string, Trigger>();
  readonly #list = new Map<string, string>();
  readonly #withoutState = new Set<string>();
  #readUntil = 0;
  /** What it complained of. */
  readonly warnings: string[] = [];
  /** The events that it saw, and the triggers that were set off, in order. */
  readonly events: string[] = [];
  readonly setOff: string[] = [];
  /** Unique ids whose owner's settings it threw away. */
  readonly forgotten: string[] = [];
  readonly #isOld: boolean;
  #isConnected = true;

  /** An old one is from before 2024.11: it reads messages for one entity only, and cannot hand over. */
  constructor(bus: FakeBus, { isOld = false } = {}) {
    this.#bus = bus;
    this.#isOld = isOld;
  }

  /** The unique ids of what it shows, in the order of the alphabet. */
  get shown(): string[] {
    this.read();
    return [...this.#entities.values()].map(({ uniqueId }) => uniqueId).sort();
  }

  /** The triggers that a person can choose for an automation, in the order of the alphabet. */
  get triggers(): string[] {
    this.read();
    return [...this.#triggers.values()].map(({ settings }) => nameOf(settings)).sort();
  }

  /** The unique ids of its list: what nobody provides is shown as unavailable, until a person deletes it. */
  get list(): string[] {
    this.read();
    return [...this.#list.values()].sort();
  }

  /** The unique ids of what has a state that was not said since it was set up. */
  get withoutState(): string[] {
    this.read();
    return [...this.#withoutState].sort();
  }

  /** Reads what was published since it read last. */
  read(): void {
    const news = this.#bus.published.slice(this.#readUntil);
    this.#readUntil = this.#bus.published.length;
    if (!this.#isConnected) return;
    for (const { topic, payload, retain } of news) {
      this.#hear(topic, payload, retain !== false);
      this.#receive(topic, payload);
    }
  }

  /** Loses the broker, and goes on showing what it knows. */
  disconnect(): void {
    this.read();
    this.#isConnected = false;
  }

  /** Ends, and leaves its list on its disk. */
  shutDown(): void {
    this.disconnect();
    this.#entities.clear();
    this.#triggers.clear();
    this.#withoutState.clear();
  }

  /** Reads what the broker has kept, and says that it is online. */
  connect(): void {
    this.read();
    this.#isConnected = true;
    for (const [topic, payload] of this.#bus.retained) this.#receive(topic, payload);
    this.#bus.receive("homeassistant/status", "online");
  }

  /** A state that is kept is no event: it would happen again at each start. */
  #hear(topic: string, payload: string, isKept: boolean): void {
    for (const [hash, { uniqueId, settings }] of this.#entities)
      if (hash.startsWith("event ") && settings["state_topic"] === topic) {
        if (isKept) this.warnings.push(`the event on ${topic} is retained`);
        else this.events.push(`${uniqueId}: ${eventIn(payload, settings)}`);
      }
    for (const { settings } of this.#triggers.values())
      if (settings["topic"] === topic && setsOff(payload, settings)) this.setOff.push(nameOf(settings));
  }

  #receive(topic: string, payload: string): void {
    for (const { uniqueId, settings } of this.#entities.values())
      if (topic === settings["state_topic"] || topic === "states") this.#withoutState.delete(uniqueId);
    const [prefix, form = "", node = "", last] = topic.split("/");
    if (prefix !== "homeassistant" || !topic.endsWith("/config")) return;
    const message = payload === "" ? {} : (JSON.parse(payload) as Settings);
    const isMigration = message["migrate_discovery"] === true;
    if (this.#isOld && (form === "device" || isMigration)) return;
    if (payload !== "" && !isMigration && !this.#isRight(form, message, topic)) return;
    if (form === "device") this.#receiveDevice(node, topic, message, isMigration);
    else this.#apply(`${form} ${node} ${last}`, topic, isMigration ? {} : message, isMigration);
  }

  #isRight(form: string, message: Settings, topic: string): boolean {
    try {
      if (form === "device") checkDeviceMessage(message);
      else checkEntityMessage(form, { ...message });
      return true;
    } catch (error) {
      this.warnings.push(`cannot read the message on ${topic}: ${error}`);
      return false;
    }
  }

  /** An empty message, and one that begins a hand-over, is for all that the device has. */
  #receiveDevice(node: string, topic: string, message: Settings, isMigration: boolean): void {
    if (!("cmps" in message))
      for (const hash of [...this.#entities.keys(), ...this.#triggers.keys()])
        if (hash.split(" ")[1] === node) this.#apply(hash, topic, {}, isMigration);
    for (const [id, { p, ...settings }] of Object.entries((message["cmps"] ?? {}) as Record<string, { p: string }>))
      this.#apply(`${p} ${node} ${id}`, topic, settings, false);
  }

  #apply(hash: string, topic: string, settings: Settings, isMigration: boolean): void {
    const isTrigger = hash.startsWith("device_automation ");
    const known = this.#entities.get(hash) ?? this.#triggers.get(hash);
    if (known !== undefined && known.topic !== topic) {
      this.warnings.push(`conflicting message for ${hash} on ${topic}`);
      return;
    }
    if (Object.keys(settings).length === 0) {
      this.#remove(hash, isMigration);
      return;
    }
    if (isTrigger) {
      this.#triggers.set(hash, { topic, settings });
      return;
    }
    const uniqueId = String(settings["unique_id"]);
    const entry = `${hash.split(" ")[0]} ${uniqueId}`;
    if ([...this.#entities].some(([other, shown]) => shown.entry === entry && other !== hash)) {
      this.warnings.push(`${uniqueId} is there already`);
      return;
    }
    this.#entities.set(hash, { topic, entry, uniqueId, settings });
    this.#list.set(entry, uniqueId);
    // An event is never said again, so that nobody waits for it.
    const hasState = settings["state_topic"] !== undefined && !hash.startsWith("event ");
    if (known === undefined && hasState) this.#withoutState.add(uniqueId);
  }

  #remove(hash: string, isMigration: boolean): void {
    this.#triggers.delete(hash);
    const known = this.#entities.get(hash);
    if (known === undefined) return;
    const { entry, uniqueId } = known;
    this.#entities.delete(hash);
    this.#withoutState.delete(uniqueId);
    if (isMigration) return;
    this.#list.delete(entry);
    this.forgotten.push(uniqueId);
  }
}
