import type { CoverDrive } from "./cover-drive.ts";
import type { CoverTelling } from "./cover-state.ts";
import type { Endstops } from "./endstops.ts";
import { directionTo } from "./place.ts";
import { type Direction, percentOf } from "./span.ts";
import type { Whereabouts } from "./whereabouts.ts";

/** What watching the end stops needs. */
export interface EndstopPorts {
  readonly drive: CoverDrive;
  readonly where: Whereabouts;
  readonly endstops: Endstops;
  readonly telling: CoverTelling;
}

/** Acts on what the end stops say: it stops the cover, corrects what is known of its position, and sees what cannot be. */
export class EndstopWatch {
  readonly #ports: EndstopPorts;
  #hasBegun = false;

  constructor(ports: EndstopPorts) {
    this.#ports = ports;
  }

  /** The outputs are off, and all end stops have said what they see. */
  begin(): void {
    const { drive, where, endstops } = this.#ports;
    this.#hasBegun = true;
    const known = directionTo(percentOf(where.place.position));
    if (endstops.areBoth) drive.stopFor("both_endstops");
    else if (endstops.end !== undefined) drive.arriveAt(endstops.end);
    else if (known !== undefined && endstops.isOff(known)) drive.lose();
  }

  /** An end stop says whether the cover is there. What it says began at `sinceMs`, on the scale of the clock. */
  onChange(end: Direction, isAt: boolean, sinceMs: number): void {
    const { drive, where, endstops, telling } = this.#ports;
    const wereBoth = endstops.areBoth;
    endstops.set(end, isAt);
    if (!this.#hasBegun) return;
    const { moves } = where;
    if (endstops.areBoth) drive.stopFor("both_endstops");
    else if (isAt && moves !== undefined && moves !== end) drive.stopFor("wrong_endstop");
    else if (isAt || wereBoth) {
      endstops.problem = undefined;
      if (endstops.end !== undefined) drive.arriveAt(endstops.end);
    } else if (moves === undefined && sinceMs >= where.changedAtMs) drive.lose();
    else {
      // It stopped just as it left its end, and was taken for being there still.
      if (moves === undefined) where.be(endstops.settled(where.place), "now");
      telling.tell();
    }
  }
}
