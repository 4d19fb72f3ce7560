import { errorCode } from "../../core/errors.ts";
import type { GpioPorts, InputLine, InputRequest } from "../../core/hardware/gpio.ts";
import { pinOn } from "../../core/hardware/named-chip.ts";
import type { WithChip } from "./chip.ts";
import type { GroupMember } from "./config.ts";
import { InputGroup } from "./group.ts";
import type { Libc } from "./libc.ts";
import { maxLines } from "./line-abi.ts";
import { pollEveryMs } from "./polling.ts";
import type { Watch } from "./watch.ts";

interface Waiting extends GroupMember {
  readonly resolve: (line: InputLine) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * All inputs of the chip in as few files as possible. Inputs that are claimed at the same moment, as at the start, share one file. One
 * thread waits for all files.
 */
export class Inputs {
  readonly #libc: Libc;
  readonly #withChip: WithChip;
  readonly #ports: GpioPorts;
  readonly #groups = new Set<InputGroup>();
  #waiting: Waiting[] = [];
  #toldOfPolling = false;
  #watch: Watch | undefined;

  constructor(libc: Libc, withChip: WithChip, ports: GpioPorts) {
    this.#libc = libc;
    this.#withChip = withChip;
    this.#ports = ports;
  }

  claim(pin: number, request: InputRequest): Promise<InputLine> {
    return new Promise((resolve, reject) => {
      if (request.alone) return void this.#claimTogether([{ pin, request, resolve, reject }]);
      if (this.#waiting.length === 0) this.#ports.clock.after(0, () => void this.#claimWaiting());
      this.#waiting.push({ pin, request, resolve, reject });
    });
  }

  async close(): Promise<void> {
    for (const group of this.#groups) group.close();
    this.#groups.clear();
    await this.#watch?.close();
    this.#watch = undefined;
  }

  async #claimWaiting(): Promise<void> {
    const members = this.#waiting;
    this.#waiting = [];
    for (let start = 0; start < members.length; start += maxLines)
      await this.#claimTogether(members.slice(start, start + maxLines));
  }

  /**
   * Claims all members with one request. If that fails, it tries each half alone, so that a pin that somebody else holds does not affect
   * the others.
   */
  async #claimTogether(members: readonly Waiting[], isPolled = false): Promise<void> {
    const [first] = members;
    if (first === undefined) return;
    try {
      this.#watch ??= this.#libc.watch();
      const { clock, log, named } = this.#ports;
      const ports = { libc: this.#libc, watch: this.#watch, clock, log, named };
      const group = new InputGroup(ports, this.#withChip, members, isPolled);
      await group.claim();
      this.#groups.add(group);
      for (const member of members) member.resolve(this.#line(group, member));
    } catch (error) {
      if (!isPolled && this.#hasNoInterrupt(error)) return this.#claimPolled(members);
      if (members.length === 1) return first.reject(error);
      const half = Math.ceil(members.length / 2);
      await this.#claimTogether(members.slice(0, half), isPolled);
      await this.#claimTogether(members.slice(half), isPolled);
    }
  }

  /** The kernel answers this where the chip cannot report edges (gpiolib-cdev.c, edge_detector_setup). */
  #hasNoInterrupt(error: unknown): boolean {
    return this.#ports.named !== undefined && error instanceof Error && errorCode(error.cause) === "ENXIO";
  }

  async #claimPolled(members: readonly Waiting[]): Promise<void> {
    const { log, named } = this.#ports;
    const chip = named?.name;
    if (!this.#toldOfPolling)
      log.info({ chip, every: `${pollEveryMs}ms` }, "the chip has no interrupt; its inputs are looked at");
    this.#toldOfPolling = true;
    for (const { pin } of members.filter(({ request }) => request.alone))
      log.warn(
        { pin: pinOn(named, pin), every: `${pollEveryMs}ms` },
        "the chip has no interrupt, so pulses and pauses that are shorter than a look are not counted",
      );
    await this.#claimTogether(members, true);
  }

  #line(group: InputGroup, member: Waiting): InputLine {
    return {
      debounced: this.#ports.named === undefined && member.request.debounceMs > 0,
      isExact: this.#ports.named === undefined && member.request.debounceMs === 0,
      read: () => group.read(member.pin),
      close: async () => {
        await group.remove(member);
        if (group.isEmpty) this.#groups.delete(group);
      },
    };
  }
}
