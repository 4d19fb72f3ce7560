import type { Log } from "../core/log/log.ts";
import type { Bus } from "../core/messages/bus.ts";
import type { Cancel, Clock } from "../core/time/clock.ts";
import type { Difference } from "./difference.ts";
import { removalOf } from "./removal.ts";

/** What a hand-over needs. */
export interface HandOverPorts {
  readonly publish: Bus["publish"];
  readonly clock: Clock;
  readonly log: Log;
}

/** How long Home Assistant needs to unload entities. Meanwhile it ignores further messages. */
const stepMs = 2_000;

const migration = JSON.stringify({ migrate_discovery: true });

/**
 * Empties discovery topics that are no longer used, before anything is announced on other topics. Home Assistant accepts no second message
 * for an entity that it knows from another topic. If entities move, Home Assistant is told first, so that it keeps their settings. That
 * unloads everything on the topic and remembers it, so components that are gone are removed before that.
 */
export class HandOver {
  readonly #ports: HandOverPorts;
  readonly #version: string;
  #cancelStep: Cancel = () => {};

  constructor(ports: HandOverPorts, version: string) {
    this.#ports = ports;
    this.#version = version;
  }

  /** Calls back when everything may be announced: at once if nothing moves, otherwise after some seconds. */
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
    // A topic that stays in use is not emptied: Home Assistant would log a warning, since it finds nothing to remove.
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

  /** Cancels what waits. */
  stop(): void {
    this.#cancelStep();
  }
}
