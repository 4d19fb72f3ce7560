import * as z from "zod";
import type { Log } from "../../core/log/log.ts";
import type { Files } from "../../core/machine/files.ts";
import type { Kept } from "../../core/store.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import type { Deadline, LastingClock } from "../../core/time/lasting-clock.ts";
import type { StateStore } from "../machine/state-store.ts";
import { ownId } from "./own-id.ts";
import { readBootId } from "./vitals.ts";
import type { WallClock } from "./wall-clock.ts";

/** While a deadline is awaited, the time is stored so often, or each twentieth of what is left of it if that is longer. */
const stampAtLeastMs = 60_000;
const stampAtMostMs = 10 * 60_000;
const stampShare = 1 / 20;
/** More power cuts than this are not remembered: a deadline that has seen them all comes later by what is forgotten. */
const mostCuts = 50;

/** One instant on all clocks. */
const stamp = z.object({
  /** The boot of the machine; null if the kernel does not tell. */
  boot_id: z.string().nullable(),
  monotonic_ms: z.number(),
  /** The time of day; null while nothing has confirmed it. */
  wall_ms: z.number().nullable(),
  lasting_ms: z.number(),
});

/** At which lasting time the machine was off, and for how long. */
const cuts = z.array(z.object({ at_ms: z.number(), off_ms: z.number() }));

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
 * time goes on from the stamp. How long the machine was off is known when the time of day is right, now and in the stamp.
 */
export class LastingTime implements LastingClock {
  readonly #ports: LastingPorts;
  readonly #bootId: string | null;
  readonly #cuts: Kept<z.output<typeof cuts>>;
  readonly #waiting = new Set<Waiting>();
  /** The lasting time minus the monotonic one. */
  readonly #offsetMs: number;
  /** The last instant before the machine was off, while nobody knows for how long that was. */
  #powerCut: { readonly wallMs: number; readonly lastingMs: number } | undefined;
  #cancelStamp: Cancel | undefined;
  #isStamped = false;

  private constructor(bootId: string | undefined, ports: LastingPorts) {
    this.#ports = ports;
    this.#bootId = bootId ?? null;
    const { store, log, clock, wallClock } = ports;
    const own = store.of(ownId, log);
    this.#cuts = own.keep("power_cuts", cuts, []);
    const before = own.keep("time", stamp.nullable(), null).value;
    const isSameBoot = before !== null && before.boot_id !== null && before.boot_id === this.#bootId;
    // A millisecond tells what was awaited before a power cut from what is awaited since.
    const beganMs = isSameBoot ? before.monotonic_ms : clock.monotonicMs() - 1;
    this.#offsetMs = (before?.lasting_ms ?? 0) - beganMs;
    store.attach(ownId, "time", () => this.#stamp());
    if (before === null || isSameBoot || before.wall_ms === null) return;
    this.#powerCut = { wallMs: before.wall_ms, lastingMs: before.lasting_ms };
    wallClock.onSet(() => this.#measurePowerCut());
    this.#measurePowerCut();
  }

  /** Goes on from what is stored. */
  static async open(ports: LastingPorts): Promise<LastingTime> {
    return new LastingTime(await readBootId(ports.files), ports);
  }

  nowMs(): number {
    return this.#ports.clock.monotonicMs() + this.#offsetMs;
  }

  leftMs({ sinceMs, dueMs }: Deadline): number {
    const since = this.#cuts.value.filter(({ at_ms }) => at_ms >= sinceMs);
    return dueMs - this.nowMs() - since.reduce((sum, { off_ms }) => sum + off_ms, 0);
  }

  at(deadline: Deadline, task: () => void): Cancel {
    const waiting: Waiting = { deadline, task, cancel: () => {} };
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
    waiting.cancel = this.#ports.clock.after(Math.max(0, this.leftMs(waiting.deadline)), () => {
      this.#waiting.delete(waiting);
      waiting.task();
    });
  }

  /** The time of day has become right: what it says of the power cut counts from now on. */
  #measurePowerCut(): void {
    const { clock, wallClock, log } = this.#ports;
    if (!wallClock.isRight || this.#powerCut === undefined) return;
    const { wallMs, lastingMs } = this.#powerCut;
    this.#powerCut = undefined;
    // What has passed since the start is counted already.
    const offMs = clock.now().getTime() - wallMs - (this.nowMs() - lastingMs);
    if (offMs <= 0) return;
    log.info({ seconds: Math.round(offMs / 1_000) }, "limits of outputs count the time for which the machine was off");
    this.#cuts.set([...this.#cuts.value, { at_ms: lastingMs, off_ms: offMs }].slice(-mostCuts), "soon");
    for (const waiting of this.#waiting) this.#arm(waiting);
  }

  /** Stores the time now and then while a deadline is awaited, so that a power cut loses little of it. */
  #planStamp(): void {
    if (this.#cancelStamp !== undefined || this.#waiting.size === 0) return;
    // The stamp on disk may be some time before the start, and the next start may come soon.
    if (!this.#isStamped) this.#ports.store.refresh("now");
    this.#isStamped = true;
    const leftMs = Math.min(...[...this.#waiting].map(({ deadline }) => this.leftMs(deadline)));
    const everyMs = Math.min(Math.max(stampAtLeastMs, leftMs * stampShare), stampAtMostMs);
    this.#cancelStamp = this.#ports.clock.after(everyMs, () => {
      this.#cancelStamp = undefined;
      if (this.#waiting.size > 0) this.#ports.store.refresh("soon");
      this.#planStamp();
    });
  }

  #stamp(): z.output<typeof stamp> {
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
  readonly deadline: Deadline;
  readonly task: () => void;
  cancel: Cancel;
}
