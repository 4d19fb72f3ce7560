import type { DeviceLink } from "../link.ts";
import type { Log } from "../log/log.ts";
import { Refusal } from "../refusal.ts";

/** Another device that is switched on and off, told no more often than it has to be. */
export interface SteeredOutput extends Pick<DeviceLink, "isOn" | "watch"> {
  /**
   * Orders it where it was not ordered so, or is not so: an order may wait for a limit of the output, and then has to be taken back though
   * the output is as it should be. One that is refused is given again with the next call.
   */
  want(on: boolean): void;
}

/** Makes one of a link. `id` is what the log calls it. */
export function steeredOutput(link: DeviceLink, id: string, log: Log): SteeredOutput {
  let ordered: boolean | undefined;
  let trouble: string | undefined;
  const order = (on: boolean) => {
    try {
      link.command(on ? "on" : "off");
      ordered = on;
      trouble = undefined;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      ordered = undefined;
      // An output that is offline has been brought to its rest: that it cannot be switched off is no news.
      if (on && error.message !== trouble) {
        trouble = error.message;
        log.warn({ output: id, reason: error.message }, "could not switch an output on");
      }
    }
  };
  return {
    isOn: () => link.isOn(),
    watch: (tell) => link.watch(tell),
    want(on) {
      if (on !== ordered || on !== link.isOn()) order(on);
    },
  };
}
