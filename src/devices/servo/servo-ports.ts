import type { Kept } from "../../core/store.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { PulseRange } from "./pulse-range.ts";

/** What a servo says. `angle` is null while no pulse has told it where to go. */
export interface ServoState {
  readonly angle: number | null;
  readonly moving: boolean;
}

/** What driving a servo needs. */
export interface ServoPorts {
  readonly range: PulseRange;
  /** Degrees per second; undefined: as fast as the servo can. */
  readonly speed: number | undefined;
  /** How long pulses go on after a move; 0: for ever. */
  readonly detachMs: number;
  readonly clock: Pick<Clock, "monotonicMs" | "after">;
  /** Where it stands still, and null while it moves; undefined if nobody wants to know after a restart. */
  readonly kept: Kept<number | null> | undefined;
  readonly report: (state: ServoState, how?: "progress") => void;
}
