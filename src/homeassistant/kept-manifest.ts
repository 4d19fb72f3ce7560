import type { Log } from "../core/log/log.ts";
import type { Bus } from "../core/messages/bus.ts";
import { agentTopics } from "../core/messages/topic.ts";
import type { AnnouncedHouse } from "./announced-house.ts";
import { type Manifest, writeManifest } from "./manifest.ts";

/** Writes the manifest to the broker, which keeps it. */
export class KeptManifest {
  readonly #ports: { readonly publish: Bus["publish"]; readonly log: Log };
  readonly #topic: string;
  readonly #machine: string | undefined;
  #saidTooLarge = false;

  constructor({ agent }: AnnouncedHouse, ports: { readonly publish: Bus["publish"]; readonly log: Log }) {
    this.#ports = ports;
    this.#topic = agentTopics(agent.topic).announced;
    this.#machine = agent.machine;
  }

  /** Writes the manifest with the name of this machine. */
  write(manifest: Manifest): void {
    const text = writeManifest({ ...manifest, machine: this.#machine });
    this.#ports.publish(this.#topic, text, { tooLarge: () => this.#sayTooLarge(Buffer.byteLength(text)) });
  }

  #sayTooLarge(bytes: number): void {
    if (this.#saidTooLarge) return;
    this.#saidTooLarge = true;
    this.#ports.log.warn(
      { topic: this.#topic, bytes },
      "the list of announced entities is too large for the broker; entities that are removed from devices.yaml stay in Home Assistant",
    );
  }
}
