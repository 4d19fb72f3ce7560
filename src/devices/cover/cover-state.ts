import * as z from "zod";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { coverProblems, type Endstops } from "./endstops.ts";
import { percentOf, restWord, type Span } from "./span.ts";
import type { Whereabouts } from "./whereabouts.ts";

/** While it moves, its position is told so often, in milliseconds. */
const tellEveryMs = 1_000;

const percent = z.int().min(0).max(100).nullable();

/** What a cover says. What is null is not known: 0 is closed, 100 is open. */
export const coverState = z.strictObject({
  state: z.enum(["open", "opening", "closed", "closing"]).nullable(),
  position: percent,
  /** How far its slats are open; absent: it has none. */
  tilt: percent.optional(),
  /** What is wrong, null: nothing; absent: it has no end stops that could tell. */
  problem: z.enum(coverProblems).nullable().optional(),
});

/** One value of {@link coverState}. */
export type CoverState = z.output<typeof coverState>;

const movingWords = { open: "opening", close: "closing" } as const;

/** What telling needs. */
export interface TellingPorts {
  readonly clock: Pick<Clock, "after">;
  readonly where: Whereabouts;
  readonly endstops: Endstops;
  /** Told at each change; `progress` while it is on its way. */
  readonly report: (state: CoverState, how?: "progress") => void;
}

/** Tells how a cover is: at each change, and every second while it moves. The same is not told twice. */
export class CoverTelling {
  readonly #ports: TellingPorts;
  #told = "";
  #cancel: Cancel = () => {};

  constructor(ports: TellingPorts) {
    this.#ports = ports;
  }

  /** Tells how it is now, if that is news. */
  tell(how?: "progress"): void {
    const { where, report } = this.#ports;
    const state = this.#state();
    const news = JSON.stringify(state);
    if (news !== this.#told) report(state, how);
    this.#told = news;
    this.#cancel();
    if (where.moves !== undefined) this.#cancel = this.#ports.clock.after(tellEveryMs, () => this.tell("progress"));
  }

  #state(): CoverState {
    const { where, endstops } = this.#ports;
    const { place, moves } = where;
    return {
      state: moves === undefined ? this.#wordAtRest(place.position) : movingWords[moves],
      position: endstops.corrected(percentOf(place.position)),
      ...(where.hasSlats && { tilt: percentOf(place.tilt) }),
      ...((endstops.has("open") || endstops.has("close")) && { problem: endstops.problem ?? null }),
    };
  }

  #wordAtRest(position: Span): "open" | "closed" | null {
    const { endstops } = this.#ports;
    if (endstops.fault !== undefined) return null;
    return endstops.isOff("close") ? "open" : restWord(position);
  }
}
