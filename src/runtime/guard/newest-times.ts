import type { CommandTimes } from "../../core/command-times.ts";
import { Refusal } from "../../core/refusal.ts";

/**
 * The time of a device's newest command, until its output switches so. That may be later than the command, as at the end of a transition.
 */
export class NewestTimes {
  #times: CommandTimes | undefined;

  /** A command begins, with or without a time. */
  note(times: CommandTimes | undefined): void {
    this.#times = times;
  }

  /** The time that belongs to a change in this direction, once. Throws a {@link Refusal} if the command has no meaning. */
  take(wantsOn: boolean): CommandTimes | undefined {
    const times = this.#times;
    if (times === undefined) return undefined;
    if (wantsOn && times.offMs !== undefined) {
      this.#times = undefined;
      throw new Refusal("invalid", "off_time goes with a command to off, after which the output goes on again");
    }
    if (!wantsOn && times.onMs !== undefined) return undefined;
    this.#times = undefined;
    return times;
  }
}
