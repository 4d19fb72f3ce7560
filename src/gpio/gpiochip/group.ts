import { UserError } from "../../core/errors.ts";
import type { Level } from "../../core/hardware/gpio.ts";
import { pinOn } from "../../core/hardware/named-chip.ts";
import type { PinName } from "../../core/hardware/pin-name.ts";
import { lineProblem } from "../line-problem.ts";
import type { WithChip } from "./chip.ts";
import { configOf, type GroupMember } from "./config.ts";
import { GroupReports, type ReportPorts } from "./group-reports.ts";
import type { Libc } from "./libc.ts";
import * as abi from "./line-abi.ts";
import { Polling } from "./polling.ts";
import { RequestedLines } from "./requested-lines.ts";
import type { Watch } from "./watch.ts";

/** What a group needs. */
export interface GroupPorts extends ReportPorts {
  readonly libc: Libc;
  readonly watch: Watch;
}

/**
 * Inputs that share one request, and so one file. On the header the kernel debounces them, stamps their edges, and stores up to 1024 edges.
 * On another chip the interrupt may not be wired, and a level that the kernel debounced would then be an old one. So such levels are read
 * undebounced. A group that is `polled` has no edges at all.
 */
export class InputGroup {
  readonly #ports: GroupPorts;
  readonly #withChip: WithChip;
  /** Who wants a pin of this group. */
  #members: readonly GroupMember[];
  readonly #isPolled: boolean;
  /** What the kernel has given, with the members in the order of their lines. */
  #claimed: { readonly lines: RequestedLines; readonly members: readonly GroupMember[] } | undefined;
  /** The claim of all that are left after others were given back, while it is under way. */
  #renewal: Promise<void> | undefined;
  #isClosed = false;
  readonly #polling: Polling;
  readonly #reports: GroupReports;

  constructor(ports: GroupPorts, withChip: WithChip, members: readonly GroupMember[], isPolled = false) {
    this.#ports = ports;
    this.#withChip = withChip;
    this.#members = members;
    this.#isPolled = isPolled;
    this.#polling = new Polling(ports.clock);
    this.#reports = new GroupReports(ports);
  }

  get isEmpty(): boolean {
    return this.#members.length === 0;
  }

  /** Claims all members, or none. */
  async claim(): Promise<void> {
    const { libc, watch } = this.#ports;
    const members = this.#members;
    const pins = members.map(({ pin }) => pin);
    const kernel = { edges: !this.#isPolled, debounces: this.#ports.named === undefined };
    const request = abi.encodeRequest(pins, configOf(members, kernel));
    await this.#withChip(Math.max(...pins), (chip) => libc.ioctl(chip, abi.command.requestLines, request));
    const lines = new RequestedLines(libc, abi.requestedFile(request));
    if (this.#isClosed) return lines.close();
    this.#claimed = { lines, members };
    this.#reports.countAnew();
    if (!this.#isPolled) lines.watch(watch, () => this.#tell());
    try {
      this.#tellChanges();
    } catch (error) {
      this.#giveBack();
      throw lineProblem(this.#title(pins[0] ?? 0), error);
    }
    if (!this.#isPolled) return;
    this.#polling.start(
      () => this.#tellChanges(),
      (error) => this.#lose(error),
    );
  }

  /**
   * The level of a pin. If it is debounced, it is the last level that was steady. While the pin is claimed anew, because another one was
   * given back, it is the level that was reported last.
   */
  read(pin: number): Level {
    const isWanted = this.#members.some((member) => member.pin === pin);
    const index = this.#claimed?.members.findIndex((member) => member.pin === pin) ?? -1;
    const before = this.#reports.lastLevel(pin);
    if (isWanted && index === -1 && this.#renewal !== undefined && before !== undefined) return before;
    if (!isWanted || this.#claimed === undefined || index === -1)
      throw new UserError(`pin ${this.#title(pin)} is no longer claimed`);
    try {
      return this.#claimed.lines.levels(1n << BigInt(index)) === 0n ? 0 : 1;
    } catch (error) {
      throw lineProblem(this.#title(pin), error);
    }
  }

  #title(pin: number): PinName {
    return pinOn(this.#ports.named, pin);
  }

  /**
   * Gives one pin back. The kernel can give back only whole requests, so the other pins are claimed again at once. Pins that are given
   * back meanwhile are left out as soon as that has ended.
   */
  async remove(member: GroupMember): Promise<void> {
    if (!this.#isPolled) this.#tell();
    if (!this.#members.includes(member)) return;
    this.#members = this.#members.filter((other) => other !== member);
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    await this.#renewal;
  }

  /** Claims those that are left, until nobody has gone meanwhile. */
  async #renew(): Promise<void> {
    while (this.#claimed?.members !== this.#members) {
      this.#giveBack();
      if (this.isEmpty || this.#isClosed) return;
      try {
        await this.claim();
      } catch (error) {
        return this.#lose(error);
      }
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#giveBack();
  }

  #giveBack(): void {
    this.#polling.stop();
    this.#claimed?.lines.close();
    this.#claimed = undefined;
  }

  /** Reports the edges that wait. */
  #tell(): void {
    try {
      for (const event of this.#claimed?.lines.events() ?? []) this.#reports.edge(event, this.#members);
    } catch (error) {
      this.#lose(error);
    }
  }

  /** Reads all levels at once, and reports those that have changed since, also while nobody held the pins. */
  #tellChanges(): void {
    if (this.#claimed === undefined) return;
    const { lines, members } = this.#claimed;
    const bits = lines.levels((1n << BigInt(members.length)) - 1n);
    for (const [place, member] of members.entries()) {
      const level = ((bits >> BigInt(place)) & 1n) === 0n ? 0 : 1;
      this.#reports.level(member, level, this.#members);
    }
  }

  #lose(error: unknown): void {
    const members = this.#members;
    this.#giveBack();
    this.#members = [];
    for (const { pin, request } of members) request.onError(lineProblem(this.#title(pin), error));
  }
}
