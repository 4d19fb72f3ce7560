import type { OutputLine, PwmLine } from "../core/hardware/gpio.ts";
import type { PinName } from "../core/hardware/pin-name.ts";
import { type ChosenPin, dutyFor, levelFor } from "../core/pin.ts";
import type { DrivablePins } from "./drivable-pins.ts";

/** Sees what the agent does to its outputs. */
export interface WatchedOutputs {
  /** The pins that the agent claims. */
  readonly pins: DrivablePins;
  /** How much a device's output is on: 0 or 1, or a share for a pulse train. Off is what nobody has claimed yet. */
  power(output: ChosenPin): number;
  /** Calls `tell` after each change of one of these outputs. */
  watch(outputs: readonly ChosenPin[], tell: () => void): void;
}

/** Adds eyes to a bank: what changes at an output is told in the same instant, before the agent goes on. */
export function watchedOutputs(bank: DrivablePins): WatchedOutputs {
  /** The share of the time that each pin is high. */
  const shares = new Map<PinName, number>();
  const watchers = new Map<PinName, Set<() => void>>();
  const see = (pin: PinName, share: number) => {
    if (shares.get(pin) === share) return;
    shares.set(pin, share);
    for (const tell of watchers.get(pin) ?? []) tell();
  };
  return {
    pins: {
      ...bank,
      async output(pin, request): Promise<OutputLine> {
        const line = await bank.output(pin, request);
        see(pin, line.read());
        return {
          ...line,
          write(level) {
            line.write(level);
            see(pin, level);
          },
        };
      },
      async pwm(pin, request): Promise<PwmLine> {
        const line = await bank.pwm(pin, request);
        see(pin, request.duty);
        return {
          ...line,
          write(duty) {
            line.write(duty);
            see(pin, duty);
          },
        };
      },
    },
    power(output) {
      const share = shares.get(output.pin);
      if (share === undefined) return 0;
      return output.role === "pwm" ? dutyFor(share, output) : share === levelFor(true, output) ? 1 : 0;
    },
    watch(outputs, tell) {
      for (const { pin } of outputs) watchers.set(pin, (watchers.get(pin) ?? new Set()).add(tell));
    },
  };
}

/** Whether a pin is an output of the agent. */
export function isOutput({ role }: ChosenPin): boolean {
  return role === "output" || role === "pwm";
}
