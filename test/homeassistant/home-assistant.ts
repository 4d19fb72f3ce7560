import type { FakeBus } from "../fakes/bus.ts";
import { checkDeviceMessage, checkEntityMessage } from "./documented.ts";

interface Shown {
  readonly topic: string;
  /** An entity of its list is known by its platform and its unique id. */
  readonly entry: string;
  readonly uniqueId: string;
  readonly stateTopic: unknown;
}

type Settings = Readonly<Record<string, unknown>>;

/**
 * A Home Assistant that reads discovery messages as the real one does (homeassistant/components/mqtt: discovery.py, entity.py):
 * it knows an entity by platform, node and object; takes no second message for it from another topic, and no second entity of the
 * same unique id; forgets what its owner set when an entity is removed, and keeps it when one is handed over; hears the states of
 * those entities only that it knows; and keeps a list of all entities, over a restart too.
 */
export class HomeAssistant {
  readonly #bus: FakeBus;
  readonly #entities = new Map<string, Shown>();
  readonly #list = new Map<string, string>();
  readonly #withoutState = new Set<string>();
  #readUntil = 0;
  /** What it complained of. */
  readonly warnings: string[] = [];
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
    if (this.#isConnected) for (const { topic, payload } of news) this.#receive(topic, payload);
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
    this.#withoutState.clear();
  }

  /** Reads what the broker has kept, and says that it is online. */
  connect(): void {
    this.read();
    this.#isConnected = true;
    for (const [topic, payload] of this.#bus.retained) this.#receive(topic, payload);
    this.#bus.receive("homeassistant/status", "online");
  }

  #receive(topic: string, payload: string): void {
    for (const { uniqueId, stateTopic } of this.#entities.values())
      if (topic === stateTopic || topic === "states") this.#withoutState.delete(uniqueId);
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
      for (const hash of [...this.#entities.keys()])
        if (hash.split(" ")[1] === node) this.#apply(hash, topic, {}, isMigration);
    for (const [id, { p, ...settings }] of Object.entries((message["cmps"] ?? {}) as Record<string, { p: string }>))
      this.#apply(`${p} ${node} ${id}`, topic, settings, false);
  }

  #apply(hash: string, topic: string, settings: Settings, isMigration: boolean): void {
    const known = this.#entities.get(hash);
    if (known !== undefined && known.topic !== topic) {
      this.warnings.push(`conflicting message for ${hash} on ${topic}`);
      return;
    }
    if (Object.keys(settings).length === 0) {
      if (known !== undefined) this.#remove(hash, known, isMigration);
      return;
    }
    const uniqueId = String(settings["unique_id"]);
    const entry = `${hash.split(" ")[0]} ${uniqueId}`;
    if ([...this.#entities].some(([other, shown]) => shown.entry === entry && other !== hash)) {
      this.warnings.push(`${uniqueId} is there already`);
      return;
    }
    const stateTopic = settings["state_topic"];
    this.#entities.set(hash, { topic, entry, uniqueId, stateTopic });
    this.#list.set(entry, uniqueId);
    if (known === undefined && stateTopic !== undefined) this.#withoutState.add(uniqueId);
  }

  #remove(hash: string, { entry, uniqueId }: Shown, isMigration: boolean): void {
    this.#entities.delete(hash);
    this.#withoutState.delete(uniqueId);
    if (isMigration) return;
    this.#list.delete(entry);
    this.forgotten.push(uniqueId);
  }
}
