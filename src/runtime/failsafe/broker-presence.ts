import * as z from "zod";
import type { DeviceSettings } from "../../core/device-settings.ts";
import type { Log } from "../../core/log/log.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { Deadline, LastingClock } from "../../core/time/lasting-clock.ts";
import { ownId } from "../agent/own-id.ts";
import type { StateStore } from "../machine/state-store.ts";

/** How long after the start of an agent that had a broker before nothing happens, since connecting takes some time. */
const firstPatienceMs = 60_000;
/** While there is a broker, that is stored so often: each quarter of the shortest `after_offline`, within these limits. */
const stampAtLeastMs = 60_000;
const stampAtMostMs = 10 * 60_000;
const stampShare = 1 / 4;

/** Whether there was a broker when this was written, and since when there was none. On the scale of the lasting time. */
const stamp = z.object({
  there: z.boolean(),
  at_ms: z.number(),
  /** When the first agent without a broker started; null if the broker was lost while an agent ran. */
  started_ms: z.number().nullable(),
});

/** What knowing of the broker needs. */
export interface BrokerPorts {
  readonly clock: Pick<Clock, "after">;
  readonly lasting: LastingClock;
  readonly store: StateStore;
  readonly log: Log;
}

/** Knows since when there has been no broker, also from runs of the agent before this one. */
export class BrokerPresence {
  readonly #ports: BrokerPorts;
  readonly #listeners: (() => void)[] = [];
  /** How often it is stored that there is a broker; undefined: never. */
  readonly #stampMs: number | undefined;
  #isThere = false;
  #lostAtMs: number;
  #startedMs: number | null = null;

  /** `devices` are all devices of the agent: what they wait for decides how often something is stored. */
  constructor(devices: readonly Pick<DeviceSettings, "limits">[], ports: BrokerPorts) {
    this.#ports = ports;
    const waits = devices.flatMap(({ limits }) => limits?.failSafe?.afterOfflineMs ?? []);
    this.#stampMs =
      waits.length === 0
        ? undefined
        : Math.min(Math.max(Math.min(...waits) * stampShare, stampAtLeastMs), stampAtMostMs);
    const { lasting, store, log } = ports;
    const before = store.of(ownId, log).keep("broker", stamp.nullable(), null).value;
    const nowMs = lasting.nowMs();
    this.#lostAtMs = before?.at_ms ?? nowMs;
    if (before?.there) this.#startedMs = nowMs;
    else this.#startedMs = before?.started_ms ?? null;
    if (this.#stampMs === undefined) return;
    store.attach(ownId, "broker", () => this.#stamp());
    // A crash before the first connection must not begin the time anew.
    if (before === null || before.there) store.refresh("now");
  }

  /** What must be over before an output that may be without a broker for so long goes to its fail-safe state; undefined: there is one. */
  offline(ms: number): readonly Deadline[] | undefined {
    if (this.#isThere) return undefined;
    const lost = { sinceMs: this.#lostAtMs, dueMs: this.#lostAtMs + ms };
    if (this.#startedMs === null) return [lost];
    return [lost, { sinceMs: this.#startedMs, dueMs: this.#startedMs + Math.min(ms, firstPatienceMs) }];
  }

  /** Calls the listener each time that the broker has come or gone. */
  watch(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** There is a connection. */
  connected(): void {
    if (this.#isThere) return;
    this.#isThere = true;
    this.#changed();
    this.#stampAgainAndAgain();
  }

  /** There is no connection any more. */
  lost(): void {
    if (!this.#isThere) return;
    this.#isThere = false;
    this.#lostAtMs = this.#ports.lasting.nowMs();
    this.#startedMs = null;
    this.#changed();
  }

  #changed(): void {
    if (this.#stampMs !== undefined) this.#ports.store.refresh(this.#isThere ? "soon" : "now");
    for (const listener of this.#listeners) listener();
  }

  #stampAgainAndAgain(): void {
    if (this.#stampMs === undefined) return;
    this.#ports.clock.after(this.#stampMs, () => {
      if (!this.#isThere) return;
      this.#ports.store.refresh("soon");
      this.#stampAgainAndAgain();
    });
  }

  #stamp(): z.output<typeof stamp> {
    const at_ms = this.#isThere ? this.#ports.lasting.nowMs() : this.#lostAtMs;
    return { there: this.#isThere, at_ms, started_ms: this.#isThere ? null : this.#startedMs };
  }
}
