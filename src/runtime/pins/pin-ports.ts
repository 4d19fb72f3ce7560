import type { GpioPins } from "../../core/hardware/gpio.ts";
import type { ChosenPin } from "../../core/pin.ts";
import type { Store } from "../../core/store.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { Causes } from "../device/causes.ts";
import type { LimitPorts } from "../guard/guard-ports.ts";
import type { LineLooks } from "./line-looks.ts";

/**
 * How often levels are checked. An interrupt can get lost, and a pin can be taken away or driven by somebody else. The check does not help
 * where the kernel debounces, because that level comes from the kernel's own interrupts.
 */
export const lookAgainMs = 2_000;

/** What the pins of a device need. The limits are those of each of its outputs. */
export interface PinPorts extends LimitPorts {
  readonly pins: GpioPins;
  /** The pins that the device's options name. No others can be claimed. */
  readonly chosen: readonly ChosenPin[];
  /** A clock whose timers take the device offline if their task throws. */
  readonly clock: Clock;
  readonly looks: LineLooks;
  readonly causes: Causes;
  /** Called with the reason when an output of the device has gone on or off, or another one of several has gone on. */
  readonly switchedBy: (cause: string) => void;
  /** What the device keeps over restarts. */
  readonly keep: Store["keep"];
  /** Runs the task when the device stops. The task that was added last runs first. */
  readonly onStop: (task: () => void | Promise<void>) => void;
}

/** Calls the task every two seconds until the device stops. A task that throws takes the device offline. */
export function lookAgainAndAgain(
  { looks, onStop, fail }: Pick<PinPorts, "looks" | "onStop" | "fail">,
  task: () => void,
): void {
  const cancel = looks.join(() => {
    try {
      task();
    } catch (error) {
      fail(error as Error);
    }
  });
  onStop(cancel);
}
