import type { CommandTimes } from "../../core/outputs/command-times.ts";

/**
 * The time of a device's newest command, until its output switches so. That may be later than the command, as at the end of a transition.
 */
export class NewestTimes {
  #times: CommandTimes | undefined;

  /** A command begins, with or without a time. */
  note(times: CommandTimes | undefined): void {
    this.#times = times;
  }

  /** The time that belongs to a change in this direction, once; undefined if there is none. */
  take(wantsOn: boolean): CommandTimes | undefined {
    const times = this.#times;
    if ((wantsOn ? times?.onMs : times?.offMs) === undefined) return undefined;
    this.#times = undefined;
    return times;
  }
}
