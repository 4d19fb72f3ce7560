import { UserError } from "../../core/errors.ts";
import type { Level } from "../../core/hardware/gpio.ts";
import { type NamedChip, pinOn } from "../../core/hardware/named-chip.ts";
import type { PinName } from "../../core/hardware/pin-name.ts";
import type { Log } from "../../core/log/log.ts";
import type { Clock } from "../../core/time/clock.ts";
import { lineProblem } from "../line-problem.ts";
import type { WithChip } from "./chip.ts";
import { configOf, type GroupMember } from "./config.ts";
import type { Libc } from "./libc.ts";
import * as abi from "./line-abi.ts";
import { Polling } from "./polling.ts";
import { RequestedLines } from "./requested-lines.ts";
import type { Watch } from "./watch.ts";

/** What a group needs. */
export interface GroupPorts {
  readonly libc: Libc;
  readonly watch: Watch;
  readonly clock: Clock;
  readonly log: Log;
  /** The chip of the lines, if it is one that devices.yaml names. */
  readonly named?: NamedChip | undefined;
}

/**
 * Inputs that share one request, and so one file. On the header the kernel debounces them, stamps their edges, and stores up to 1024 edges.
 * On another chip the interrupt may not be wired, and a level that the kernel debounced would then be an old one. So such levels are read
 * undebounced. A group that is `polled` has no edges at all.
 */
export class InputGroup {
  readonly #ports: GroupPorts;
  readonly #withChip: WithChip;
  #members: readonly GroupMember[];
  readonly #isPolled: boolean;
  #lines: RequestedLines | undefined;
  readonly #polling: Polling;
  /** How many edges of each pin were reported, by the kernel's count. */
  readonly #counts = new Map<number, number>();
  /** The level of each pin that was reported last. */
  readonly #levels = new Map<number, Level>();

  constructor(ports: GroupPorts, withChip: WithChip, members: readonly GroupMember[], isPolled = false) {
    this.#ports = ports;
    this.#withChip = withChip;
    this.#members = members;
    this.#isPolled = isPolled;
    this.#polling = new Polling(ports.clock);
  }

  get isEmpty(): boolean {
    return this.#members.length === 0;
  }

  /** Claims all members, or none. */
  async claim(): Promise<void> {
    const { libc, watch } = this.#ports;
    const pins = this.#members.map(({ pin }) => pin);
    const kernel = { edges: !this.#isPolled, debounces: this.#ports.named === undefined };
    const request = abi.encodeRequest(pins, configOf(this.#members, kernel));
    await this.#withChip(Math.max(...pins), (chip) => libc.ioctl(chip, abi.command.requestLines, request));
    this.#lines = new RequestedLines(libc, abi.requestedFile(request));
    this.#counts.clear();
    if (!this.#isPolled) this.#lines.watch(watch, () => this.#tell());
    try {
      this.#tellChanges();
    } catch (error) {
      this.close();
      throw lineProblem(this.#title(pins[0] ?? 0), error);
    }
    if (!this.#isPolled) return;
    this.#polling.start(
      () => this.#tellChanges(),
      (error) => this.#lose(error),
    );
  }

  /** The level of a pin. If it is debounced, it is the last level that was steady. */
  read(pin: number): Level {
    const index = this.#members.findIndex((member) => member.pin === pin);
    if (this.#lines === undefined || index === -1) throw new UserError(`pin ${this.#title(pin)} is no longer claimed`);
    try {
      return this.#lines.levels(1n << BigInt(index)) === 0n ? 0 : 1;
    } catch (error) {
      throw lineProblem(this.#title(pin), error);
    }
  }

  #title(pin: number): PinName {
    return pinOn(this.#ports.named, pin);
  }

  /** Gives one pin back. The kernel can give back only whole requests, so the other pins are claimed again at once. */
  async remove(member: GroupMember): Promise<void> {
    if (!this.#isPolled) this.#tell();
    if (!this.#members.includes(member)) return;
    this.#members = this.#members.filter((other) => other !== member);
    this.close();
    if (this.isEmpty) return;
    try {
      await this.claim();
    } catch (error) {
      this.#lose(error);
    }
  }

  close(): void {
    this.#polling.stop();
    this.#lines?.close();
    this.#lines = undefined;
  }

  /** Reports the edges that wait. */
  #tell(): void {
    try {
      for (const event of this.#lines?.events() ?? []) this.#tellOne(event);
    } catch (error) {
      this.#lose(error);
    }
  }

  #tellOne({ offset, level, atMs, count }: abi.LineEvent): void {
    const lost = count - (this.#counts.get(offset) ?? 0) - 1;
    this.#counts.set(offset, count);
    if (lost > 0)
      this.#ports.log.warn(
        { pin: this.#title(offset), lost },
        "edges were lost: they came faster than they could be read",
      );
    this.#levels.set(offset, level);
    const member = this.#members.find(({ pin }) => pin === offset);
    member?.request.onEdge({ level, atMs, ...(lost > 0 && { missed: lost }) });
  }

  /** Reads all levels at once, and reports those that have changed since, also while nobody held the pins. */
  #tellChanges(): void {
    if (this.#lines === undefined) return;
    const bits = this.#lines.levels((1n << BigInt(this.#members.length)) - 1n);
    for (const [place, { pin, request }] of this.#members.entries()) {
      const level = ((bits >> BigInt(place)) & 1n) === 0n ? 0 : 1;
      const before = this.#levels.get(pin) ?? level;
      this.#levels.set(pin, level);
      if (level !== before) request.onEdge({ level, atMs: this.#ports.clock.monotonicMs() });
    }
  }

  #lose(error: unknown): void {
    const members = this.#members;
    this.close();
    this.#members = [];
    for (const { pin, request } of members) request.onError(lineProblem(this.#title(pin), error));
  }
}
