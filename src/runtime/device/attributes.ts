import type { Bus } from "../../core/messages/bus.ts";
import { onOffWord } from "../../core/switching.ts";
import type { WallClock } from "../agent/wall-clock.ts";
import type { WaitingChange } from "./waits.ts";

/** What attributes need. */
export interface AttributePorts {
  readonly bus: Pick<Bus, "publish">;
  readonly wallClock: Pick<WallClock, "timeOf" | "onSet">;
  /** Why the outputs are in their fail-safe state, null if they are not. Absent: the device has none. */
  readonly failSafe?: (() => string | null) | undefined;
}

/**
 * What is published of a device besides its state: which change of an output waits for a limit, and until when, and whether the
 * fail-safe holds. Home Assistant shows it as the attributes of the entity.
 */
export class Attributes {
  readonly #topic: string;
  readonly #ports: AttributePorts;
  #waiting: WaitingChange | undefined;

  constructor(topic: string, ports: AttributePorts) {
    this.#topic = topic;
    this.#ports = ports;
    ports.wallClock.onSet(() => this.announce());
  }

  /** Publishes what waits now. Undefined: nothing waits. */
  tell(waiting: WaitingChange | undefined): void {
    if (waiting === this.#waiting) return;
    this.#waiting = waiting;
    this.announce();
  }

  /** Publishes it again, for a broker that may have lost it. */
  announce(): void {
    const { limit = null, on, untilMs } = this.#waiting ?? {};
    const { failSafe } = this.#ports;
    const wanted = on === undefined ? null : onOffWord(on);
    const until = untilMs === undefined ? null : this.#ports.wallClock.timeOf(untilMs);
    this.#ports.bus.publish(this.#topic, JSON.stringify({ waits_for: limit, wanted, until, failsafe: failSafe?.() }));
  }
}
