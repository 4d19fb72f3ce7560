import type { Level } from "../../core/hardware/gpio.ts";
import { type NamedChip, pinOn } from "../../core/hardware/named-chip.ts";
import type { Log } from "../../core/log/log.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { GroupMember } from "./config.ts";
import type { LineEvent } from "./line-abi.ts";

/** What the reports of a group need. */
export interface ReportPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** The chip of the lines, if it is one that devices.yaml names. */
  readonly named?: NamedChip | undefined;
}

/**
 * Reports the edges of a group's pins to those who want them, and remembers what was reported, also while the pins are claimed anew. Only
 * members that still want their pin are told.
 */
export class GroupReports {
  readonly #ports: ReportPorts;
  /** How many edges of each pin were reported, by the kernel's count. */
  readonly #counts = new Map<number, number>();
  /** The level of each pin that was reported last. */
  readonly #levels = new Map<number, Level>();

  constructor(ports: ReportPorts) {
    this.#ports = ports;
  }

  /** For a new request, whose edges the kernel counts from 1. */
  countAnew(): void {
    this.#counts.clear();
  }

  /** The level that was reported last. Undefined before the first one. */
  lastLevel(pin: number): Level | undefined {
    return this.#levels.get(pin);
  }

  /** Reports an edge, with the number of those before it that were lost. */
  edge({ offset, level, atMs, count }: LineEvent, members: readonly GroupMember[]): void {
    const lost = count - (this.#counts.get(offset) ?? 0) - 1;
    this.#counts.set(offset, count);
    if (lost > 0)
      this.#ports.log.warn(
        { pin: pinOn(this.#ports.named, offset), lost },
        "edges were lost: they came faster than they could be read",
      );
    this.#levels.set(offset, level);
    const member = members.find(({ pin }) => pin === offset);
    member?.request.onEdge({ level, atMs, ...(lost > 0 && { missed: lost }) });
  }

  /** Reports a level that was read, if it is another one than that before. */
  level({ pin, request }: GroupMember, level: Level, members: readonly GroupMember[]): void {
    const before = this.#levels.get(pin) ?? level;
    this.#levels.set(pin, level);
    if (level !== before && members.some((one) => one.pin === pin))
      request.onEdge({ level, atMs: this.#ports.clock.monotonicMs() });
  }
}
