import type { GpioPins } from "../../core/hardware/gpio.ts";
import type { Limits } from "../../core/limits.ts";
import type { ChosenPin } from "../../core/pin.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { Causes } from "../device/causes.ts";
import type { Waits } from "../device/waits.ts";

/**
 * An interrupt can get lost, a pin be taken away or driven by somebody else; a look every two seconds finds out. Only a level
 * that the kernel debounces is what the kernel's own interrupts made it.
 */
export const lookAgainMs = 2_000;

/** What the pins of a device need of its surroundings. */
export interface PinPorts {
  readonly pins: GpioPins;
  /** The pins that the device's options name; no other can be claimed. */
  readonly chosen: readonly ChosenPin[];
  /** Timers whose failure takes the device offline. */
  readonly clock: Clock;
  readonly causes: Causes;
  readonly waits: Waits;
  /** What holds for each output of the device. */
  readonly limits: Limits;
  /** Runs the task when the device stops, the latest first. */
  readonly onStop: (task: () => void | Promise<void>) => void;
  /** Takes the device offline. */
  readonly fail: (error: Error) => void;
}

/** Calls the task every two seconds until the device stops. */
export function lookAgainAndAgain({ clock }: Pick<PinPorts, "clock">, task: () => void): void {
  clock.after(lookAgainMs, () => {
    lookAgainAndAgain({ clock }, task);
    task();
  });
}
