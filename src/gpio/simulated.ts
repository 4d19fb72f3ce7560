import type { GpioBackend, GpioBank, GpioPins, InputRequest, Level } from "../core/hardware/gpio.ts";
import type { PinName } from "../core/hardware/pin-name.ts";
import { type Clock, systemClock } from "../core/time/clock.ts";

/** A bank of simulated pins in memory. Its inputs can be driven from outside. */
export interface SimulatedBank extends Omit<GpioBank, keyof GpioPins>, GpioPins {
  /** The level of the pin now, whoever drives it. */
  level(pin: PinName): Level;
  /** Drives an input from outside, as a contact or a button does. That is stronger than any pull. The owner of the pin sees an edge. */
  drive(pin: PinName, level: Level): void;
  /** All levels that the pin has had since it was first used, the first one included, or only the last one: see {@link simulatedBank}. */
  history(pin: PinName): readonly Level[];
  /** The share of the time that the pin is high, 0 to 1. Undefined if it has no pulse train. */
  duty(pin: PinName): number | undefined;
}

interface SimulatedPin {
  direction: "in" | "out";
  /** The last one is its level now. It is empty until the pin was used. */
  levels: Level[];
  driven?: Level;
  owner?: InputRequest | undefined;
  duty?: number | undefined;
}

/**
 * Makes a bank. As on a Pi, an output stays driven when nobody owns it any more. With `remembers` it keeps all levels of each pin, so that a
 * test can see a flicker; an agent that runs for months must not.
 */
export function simulatedBank(
  clock: Pick<Clock, "monotonicMs"> = systemClock,
  { remembers = true }: { readonly remembers?: boolean } = {},
): SimulatedBank {
  const pins = new Map<PinName, SimulatedPin>();
  const pinAt = (name: PinName) => {
    const known = pins.get(name) ?? { direction: "in", levels: [] };
    pins.set(name, known);
    return known;
  };
  const levelOf = (pin: SimulatedPin) => pin.levels.at(-1) ?? 0;
  const setLevel = (pin: SimulatedPin, level: Level) => {
    if (pin.levels.at(-1) === level) return false;
    if (remembers) pin.levels.push(level);
    else pin.levels[0] = level;
    return true;
  };
  return {
    description: "simulated pins",
    async output(number, { initial, keep }) {
      const pin = pinAt(number);
      if (!(keep && pin.direction === "out")) setLevel(pin, initial);
      pin.direction = "out";
      return {
        write: (level) => void setLevel(pin, level),
        read: () => levelOf(pin),
        close: async () => {},
      };
    },
    async input(number, request) {
      const pin = pinAt(number);
      pin.direction = "in";
      pin.owner = request;
      if (pin.driven !== undefined) setLevel(pin, pin.driven);
      else if (request.pull !== "none") setLevel(pin, request.pull === "up" ? 1 : 0);
      return {
        debounced: false,
        read: () => levelOf(pin),
        close: async () => {
          pin.owner = undefined;
        },
      };
    },
    async pwm(number, { duty }) {
      const pin = pinAt(number);
      pin.duty = duty;
      return {
        write(next) {
          pin.duty = next;
        },
        close: async () => {},
      };
    },
    close: async () => {},
    level: (number) => levelOf(pinAt(number)),
    drive(number, level) {
      const pin = pinAt(number);
      pin.driven = level;
      if (setLevel(pin, level)) pin.owner?.onEdge({ level, atMs: clock.monotonicMs() });
    },
    history: (number) => pinAt(number).levels,
    duty: (number) => pinAt(number).duty,
  };
}

/** Pins that exist only in memory, for trying a devices.yaml without hardware. */
export const simulated: GpioBackend = {
  name: "simulated",
  summary: "Pretended pins in memory, for trying a devices.yaml without a Pi.",
  uses: { output: ["no pin moves"], input: ["no pin is read"], pwm: ["no pin moves"] },
  automaticFor: [],
  chipsFor: ["output", "input", "pwm"],
  open: async ({ clock }) => simulatedBank(clock, { remembers: false }),
};
