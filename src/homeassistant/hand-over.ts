import type { Log } from "../core/log/log.ts";
import type { Bus } from "../core/messages/bus.ts";
import type { Cancel, Clock } from "../core/time/clock.ts";
import type { Difference } from "./difference.ts";
import { removalOf } from "./removal.ts";

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
 * Clears the discovery topics that are not used any more, before anything is announced on others: Home Assistant takes no second
 * message for an entity that it knows from another topic. Where entities move, it lets go of them without a loss of what
 * their owner set. That unloads all that is on a topic and keeps it in mind: what is to be forgotten is taken back before it.
 */
export class HandOver {
  readonly #ports: HandOverPorts;
  readonly #version: string;
  #cancelStep: Cancel = () => {};

  constructor(ports: HandOverPorts, version: string) {
    this.#ports = ports;
    this.#version = version;
  }

  /** Calls back when all may be announced: at once where nothing moves, else seconds later. */
  begin({ left, gone, emptied }: Difference, done: () => void): void {
    const { clock, log, publish } = this.#ports;
    const empty = () => {
      for (const topic of emptied) publish(topic, "");
    };
    if (left.length === 0) {
      empty();
      done();
      return;
    }
    log.info({ topics: left }, "handing entities over to other discovery topics");
    const migrate = () => {
      for (const topic of left) publish(topic, migration);
    };
    // A topic that stays in use is not emptied: Home Assistant warns where it finds nothing to take back.
    const steps = emptied.length > 0 ? [migrate, empty, done] : [migrate, done];
    const next = () => {
      steps.shift()?.();
      if (steps.length > 0) this.#cancelStep = clock.after(stepMs, next);
    };
    const toBeForgotten = Object.entries(gone).filter(([topic]) => left.includes(topic));
    for (const [topic, components] of toBeForgotten) publish(topic, removalOf(topic, components, this.#version));
    if (toBeForgotten.length === 0) next();
    else this.#cancelStep = clock.after(stepMs, next);
  }

  /** Ends what waits. */
  stop(): void {
    this.#cancelStep();
  }
}
