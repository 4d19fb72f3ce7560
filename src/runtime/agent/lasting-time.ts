import * as z from "zod";
import type { Log } from "../../core/log/log.ts";
import type { Files } from "../../core/machine/files.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import type { LastingClock } from "../../core/time/lasting-clock.ts";
import type { StateStore } from "../machine/state-store.ts";
import { readBootId } from "./vitals.ts";
import type { WallClock } from "./wall-clock.ts";

/** While a deadline is awaited, the time is stored so often, or each twentieth of what is left of it if that is longer. */
const stampAtLeastMs = 60_000;
const stampAtMostMs = 10 * 60_000;
const stampShare = 1 / 20;

/** No device can have this id. */
const ownId = "(agent)";

/** One instant on all clocks. */
const stamp = z.object({
  /** The boot of the machine; null if the kernel does not tell. */
  boot_id: z.string().nullable(),
  monotonic_ms: z.number(),
  /** The time of day; null while nothing has confirmed it. */
  wall_ms: z.number().nullable(),
  lasting_ms: z.number(),
});

type Stamp = z.output<typeof stamp>;

/** What the lasting time needs. */
export interface LastingPorts {
  readonly files: Files;
  readonly clock: Clock;
  readonly wallClock: Pick<WallClock, "isRight" | "onSet">;
  readonly store: StateStore;
  readonly log: Log;
}

/**
 * Measures time over restarts. Each stored state has a stamp of the instant at which it was written. Within one boot of the machine its
 * monotonic clock goes on, so a restart of the agent loses nothing, and a jump of the time of day changes nothing. After another boot the
 * time goes on from the stamp. The time for which the machine was off is added when the time of day is right, now and in the stamp.
 */
export class LastingTime implements LastingClock {
  readonly #ports: LastingPorts;
  readonly #bootId: string | null;
  /** The last instant before the machine was off, while that time is not added yet. */
  #powerCut: { readonly wallMs: number; readonly lastingMs: number } | undefined;
  readonly #waiting = new Set<Waiting>();
  /** The lasting time minus the monotonic one. */
  #offsetMs: number;
  #cancelStamp: Cancel | undefined;
  #isStamped = false;

  private constructor(bootId: string | undefined, ports: LastingPorts) {
    this.#ports = ports;
    this.#bootId = bootId ?? null;
    const { store, log, clock, wallClock } = ports;
    const before = store.of(ownId, log).keep("time", stamp.nullable(), null).value ?? undefined;
    const isSameBoot = before !== undefined && before.boot_id !== null && before.boot_id === this.#bootId;
    const nowMs = clock.monotonicMs();
    this.#offsetMs = before === undefined ? 0 : before.lasting_ms - (isSameBoot ? before.monotonic_ms : nowMs);
    store.attach(ownId, "time", () => this.#stamp());
    if (before === undefined || isSameBoot || before.wall_ms === null) return;
    this.#powerCut = { wallMs: before.wall_ms, lastingMs: before.lasting_ms };
    wallClock.onSet(() => this.#addPowerCut());
    this.#addPowerCut();
  }

  /** Goes on from what is stored. */
  static async open(ports: LastingPorts): Promise<LastingTime> {
    return new LastingTime(await readBootId(ports.files), ports);
  }

  nowMs(): number {
    return this.#ports.clock.monotonicMs() + this.#offsetMs;
  }

  at(dueMs: number, task: () => void): Cancel {
    const waiting: Waiting = { dueMs, cancel: () => {}, run: () => {} };
    waiting.run = () => {
      this.#waiting.delete(waiting);
      task();
    };
    this.#waiting.add(waiting);
    this.#arm(waiting);
    this.#planStamp();
    return () => {
      waiting.cancel();
      this.#waiting.delete(waiting);
    };
  }

  #arm(waiting: Waiting): void {
    waiting.cancel();
    waiting.cancel = this.#ports.clock.after(Math.max(0, waiting.dueMs - this.nowMs()), () => waiting.run());
  }

  /** The time of day has become right: what it says of the power cut is added, once. */
  #addPowerCut(): void {
    const { clock, wallClock, log } = this.#ports;
    if (!wallClock.isRight || this.#powerCut === undefined) return;
    const { wallMs, lastingMs } = this.#powerCut;
    this.#powerCut = undefined;
    // What has passed since the start is counted already.
    const offMs = clock.now().getTime() - wallMs - (this.nowMs() - lastingMs);
    if (offMs <= 0) return;
    this.#offsetMs += offMs;
    log.info({ seconds: Math.round(offMs / 1_000) }, "limits of outputs count the time for which the machine was off");
    for (const waiting of this.#waiting) this.#arm(waiting);
  }

  /** Stores the time now and then while a deadline is awaited, so that a power cut loses little of it. */
  #planStamp(): void {
    if (this.#cancelStamp !== undefined || this.#waiting.size === 0) return;
    // The stamp on disk may be some time before the start, and the next start may come soon.
    if (!this.#isStamped) this.#ports.store.refresh("now");
    this.#isStamped = true;
    const leftMs = Math.min(...[...this.#waiting].map(({ dueMs }) => dueMs)) - this.nowMs();
    const everyMs = Math.min(Math.max(stampAtLeastMs, leftMs * stampShare), stampAtMostMs);
    this.#cancelStamp = this.#ports.clock.after(everyMs, () => {
      this.#cancelStamp = undefined;
      if (this.#waiting.size > 0) this.#ports.store.refresh("soon");
      this.#planStamp();
    });
  }

  #stamp(): Stamp {
    const { clock, wallClock } = this.#ports;
    return {
      boot_id: this.#bootId,
      monotonic_ms: clock.monotonicMs(),
      wall_ms: wallClock.isRight ? clock.now().getTime() : null,
      lasting_ms: this.nowMs(),
    };
  }
}

/** A task that waits for its time. */
interface Waiting {
  readonly dueMs: number;
  cancel: Cancel;
  run: () => void;
}
