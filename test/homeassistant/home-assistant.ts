import type { FakeBus } from "../fakes/bus.ts";

interface Shown {
  readonly topic: string;
  readonly uniqueId: string;
}

/**
 * A Home Assistant that reads discovery messages as the real one does (homeassistant/components/mqtt: discovery.py, entity.py):
 * it knows an entity by platform, node and object; takes no second message for it from another topic; forgets what its owner
 * set when an entity is removed, and keeps it when one is handed over.
 */
export class HomeAssistant {
  readonly #bus: FakeBus;
  readonly #entities = new Map<string, Shown>();
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

  /** Reads what the broker has kept, and says that it is online. */
  connect(): void {
    this.read();
    this.#isConnected = true;
    for (const [topic, payload] of this.#bus.retained) this.#receive(topic, payload);
    this.#bus.receive("homeassistant/status", "online");
  }

  #receive(topic: string, payload: string): void {
    const [prefix, form = "", node = "", last] = topic.split("/");
    if (prefix !== "homeassistant" || !topic.endsWith("/config")) return;
    const message = payload === "" ? {} : (JSON.parse(payload) as Record<string, unknown>);
    const isMigration = message["migrate_discovery"] === true;
    if (this.#isOld && (form === "device" || isMigration)) return;
    if (form === "device") this.#receiveDevice(node, topic, message, isMigration);
    else this.#apply(`${form} ${node} ${last}`, topic, isMigration ? {} : message, isMigration);
  }

  /** An empty message, and one that begins a hand-over, is for all that the device has. */
  #receiveDevice(node: string, topic: string, message: Readonly<Record<string, unknown>>, isMigration: boolean): void {
    if (!("cmps" in message))
      for (const hash of [...this.#entities.keys()])
        if (hash.split(" ")[1] === node) this.#apply(hash, topic, {}, isMigration);
    for (const [id, { p, ...settings }] of Object.entries((message["cmps"] ?? {}) as Record<string, { p: string }>))
      this.#apply(`${p} ${node} ${id}`, topic, settings, false);
  }

  #apply(hash: string, topic: string, settings: Readonly<Record<string, unknown>>, isMigration: boolean): void {
    const known = this.#entities.get(hash);
    if (known !== undefined && known.topic !== topic) {
      this.warnings.push(`conflicting message for ${hash} on ${topic}`);
      return;
    }
    if (Object.keys(settings).length === 0) {
      if (known === undefined) return;
      this.#entities.delete(hash);
      if (!isMigration) this.forgotten.push(known.uniqueId);
      return;
    }
    const uniqueId = String(settings["unique_id"]);
    const twin = [...this.#entities].find(([other, shown]) => shown.uniqueId === uniqueId && other !== hash);
    if (twin !== undefined) {
      this.warnings.push(`${uniqueId} is there already`);
      return;
    }
    this.#entities.set(hash, { topic, uniqueId });
  }
}
