import { UserError } from "../../core/errors.ts";
import type { Level } from "../../core/hardware/gpio.ts";
import type { Log } from "../../core/log/log.ts";
import type { Clock } from "../../core/time/clock.ts";
import { lineProblem } from "../line-problem.ts";
import type { WithChip } from "./chip.ts";
import { configOf, type GroupMember } from "./config.ts";
import type { Libc } from "./libc.ts";
import * as abi from "./line-abi.ts";
import type { Watch } from "./watch.ts";

/** What a group needs. */
export interface GroupPorts {
  readonly libc: Libc;
  readonly watch: Watch;
  readonly clock: Clock;
  readonly log: Log;
}

/** Inputs that share one request, and so one file. The kernel debounces them, stamps their edges, and stores up to 1024 edges. */
export class InputGroup {
  readonly #ports: GroupPorts;
  readonly #withChip: WithChip;
  #members: readonly GroupMember[];
  #file: number | undefined;
  /** How many edges of each pin were reported, by the kernel's count. */
  readonly #counts = new Map<number, number>();
  /** The level of each pin that was reported last. */
  readonly #levels = new Map<number, Level>();
  readonly #buffer = new Uint8Array(abi.eventBytes * abi.maxLines);

  constructor(ports: GroupPorts, withChip: WithChip, members: readonly GroupMember[]) {
    this.#ports = ports;
    this.#withChip = withChip;
    this.#members = members;
  }

  get isEmpty(): boolean {
    return this.#members.length === 0;
  }

  /** Claims all members, or none. */
  async claim(): Promise<void> {
    const { libc, watch } = this.#ports;
    const pins = this.#members.map(({ pin }) => pin);
    const request = abi.encodeRequest(pins, configOf(this.#members));
    await this.#withChip(Math.max(...pins), (chip) => libc.ioctl(chip, abi.command.requestLines, request));
    this.#file = abi.requestedFile(request);
    this.#counts.clear();
    libc.dontBlock(this.#file);
    watch.add(this.#file, () => this.#tell());
    this.#tellMissed();
  }

  /** The level of a pin. If it is debounced, it is the last level that was steady. */
  read(pin: number): Level {
    const index = this.#members.findIndex((member) => member.pin === pin);
    if (this.#file === undefined || index === -1) throw new UserError(`pin ${pin} is no longer claimed`);
    const values = abi.encodeValues(0n, 1n << BigInt(index));
    try {
      this.#ports.libc.ioctl(this.#file, abi.command.getValues, values);
    } catch (error) {
      throw lineProblem(pin, error);
    }
    return values.subarray(0, 8).some((byte) => byte !== 0) ? 1 : 0;
  }

  /** Gives one pin back. The kernel can give back only whole requests, so the other pins are claimed again at once. */
  async remove(member: GroupMember): Promise<void> {
    this.#tell();
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
    if (this.#file === undefined) return;
    this.#ports.watch.remove(this.#file);
    this.#ports.libc.close(this.#file);
    this.#file = undefined;
  }

  /** Reports the edges that wait. */
  #tell(): void {
    if (this.#file === undefined) return;
    try {
      for (;;) {
        const size = this.#ports.libc.read(this.#file, this.#buffer);
        for (const event of abi.decodeEvents(this.#buffer, size)) this.#tellOne(event);
        if (size < this.#buffer.byteLength) return;
      }
    } catch (error) {
      this.#lose(error);
    }
  }

  #tellOne({ offset, level, atMs, count }: abi.LineEvent): void {
    const lost = count - (this.#counts.get(offset) ?? 0) - 1;
    this.#counts.set(offset, count);
    if (lost > 0)
      this.#ports.log.warn({ pin: offset, lost }, "edges were lost: they came faster than they could be read");
    this.#levels.set(offset, level);
    const missed = lost > 0 ? { missed: lost } : {};
    this.#members.find(({ pin }) => pin === offset)?.request.onEdge({ level, atMs, ...missed });
  }

  /** Reports changes from the time when nobody held the pins. */
  #tellMissed(): void {
    for (const { pin, request } of this.#members) {
      const level = this.read(pin);
      const before = this.#levels.get(pin) ?? level;
      this.#levels.set(pin, level);
      if (level !== before) request.onEdge({ level, atMs: this.#ports.clock.monotonicMs() });
    }
  }

  #lose(error: unknown): void {
    const members = this.#members;
    this.close();
    this.#members = [];
    for (const { pin, request } of members) request.onError(lineProblem(pin, error));
  }
}
