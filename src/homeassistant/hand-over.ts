import type { Bus } from "../core/bus.ts";
import type { Cancel, Clock } from "../core/clock.ts";
import type { Log } from "../core/log.ts";
import type { Announcement } from "./announcement.ts";
import type { Difference } from "./manifest.ts";
import { removalOf } from "./messages.ts";

/** What a hand-over needs of its surroundings. */
export interface HandOverPorts {
  readonly publish: Bus["publish"];
  readonly clock: Clock;
  readonly log: Log;
}

/** Home Assistant unloads entities before their next message may come; it drops what a message tells while one is under way. */
const stepMs = 2_000;

const migration = JSON.stringify({ migrate_discovery: true });

/**
 * Makes Home Assistant let go of entities that move to other discovery topics, without a loss of what their owner set. A
 * hand-over unloads all that is on a topic and keeps it in mind: what is to be forgotten is taken back before it.
 */
export class HandOver {
  readonly #ports: HandOverPorts;
  #cancelStep: Cancel = () => {};

  constructor(ports: HandOverPorts) {
    this.#ports = ports;
  }

  /** Calls back, seconds later, when the entities may be announced on their new topics. Any announcement says who speaks. */
  begin({ left, lost }: Difference, { shared }: Pick<Announcement, "shared">, done: () => void): void {
    const { clock, publish } = this.#ports;
    const toBeForgotten = Object.entries(lost);
    for (const [topic, components] of toBeForgotten) publish(topic, removalOf(shared, components));
    if (toBeForgotten.length === 0) this.#migrate(left, done);
    else this.#cancelStep = clock.after(stepMs, () => this.#migrate(left, done));
  }

  /** Ends what waits. */
  stop(): void {
    this.#cancelStep();
  }

  #migrate(left: readonly string[], done: () => void): void {
    const { clock, log, publish } = this.#ports;
    log.info({ topics: left }, "handing entities over to other discovery topics");
    for (const topic of left) publish(topic, migration);
    this.#cancelStep = clock.after(stepMs, done);
  }
}
