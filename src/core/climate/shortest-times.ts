import type { Clock } from "../time/clock.ts";
import type { Demand } from "./demand.ts";

/** What may be done now, and for what a demand has to wait. */
export interface Admitted {
  readonly order: Demand;
  readonly waits: { readonly for: "min_on" | "min_off"; readonly ms: number } | undefined;
}

/**
 * Holds the shortest time on and the shortest time off of a heat pump or a boiler that has one compressor or burner for both directions. The
 * times count from what the outputs really did, and from the start of the device, since nobody knows what was before.
 */
export class ShortestTimes {
  readonly #limits: { readonly minOnMs: number; readonly minOffMs: number };
  readonly #clock: Pick<Clock, "monotonicMs">;
  #action: Demand = "idle";
  #sinceMs: number;

  constructor(limits: { readonly minOnMs: number; readonly minOffMs: number }, clock: Pick<Clock, "monotonicMs">) {
    this.#limits = limits;
    this.#clock = clock;
    this.#sinceMs = clock.monotonicMs();
  }

  /** Notes what really happens. It wants to be called with each change of an output. */
  seen(action: Demand): void {
    if (action === this.#action) return;
    this.#action = action;
    this.#sinceMs = this.#clock.monotonicMs();
  }

  /** What may be done now of what is wanted. What must end at once does not wait for its shortest time on. */
  admit(wanted: Demand, mustEnd: boolean): Admitted {
    if (wanted === this.#action) return { order: wanted, waits: undefined };
    const { minOnMs, minOffMs } = this.#limits;
    const passedMs = this.#clock.monotonicMs() - this.#sinceMs;
    if (this.#action === "idle") return waitFor("min_off", minOffMs - passedMs, "idle", wanted);
    if (!mustEnd && passedMs < minOnMs) return waitFor("min_on", minOnMs - passedMs, this.#action, wanted);
    return wanted === "idle" ? { order: "idle", waits: undefined } : waitFor("min_off", minOffMs, "idle", wanted);
  }
}

function waitFor(limit: "min_on" | "min_off", ms: number, meanwhile: Demand, wanted: Demand): Admitted {
  return ms > 0 ? { order: meanwhile, waits: { for: limit, ms } } : { order: wanted, waits: undefined };
}
