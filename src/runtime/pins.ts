import type { Cancel, Clock } from "../core/clock.ts";
import type { ContactRequest, DeviceGpio, PulseRequest, Pulses, Switch, SwitchRequest } from "../core/device-gpio.ts";
import type { GpioPins, InputLine } from "../core/gpio.ts";
import { type ChosenPin, dutyFor, levelFor } from "../core/pin.ts";
import type { Causes } from "./causes.ts";

/**
 * An interrupt can get lost, a pin be taken away or driven by somebody else; a look every two seconds finds out. Only a level
 * that the kernel debounces is what the kernel's own interrupts made it.
 */
const lookAgainMs = 2_000;

/** What the pins of a device need of its surroundings. */
export interface PinPorts {
  readonly pins: GpioPins;
  /** The pins that the device's options name; no other can be claimed. */
  readonly chosen: readonly ChosenPin[];
  /** Timers whose failure takes the device offline. */
  readonly clock: Clock;
  readonly causes: Causes;
  /** Runs the task when the device stops, the latest first. */
  readonly onStop: (task: () => void | Promise<void>) => void;
  /** Takes the device offline. */
  readonly fail: (error: Error) => void;
}

/** Puts meaning on raw levels, once for all backends and kinds: polarity, start, rest and debounce. */
export function devicePins(ports: PinPorts): DeviceGpio {
  const chosen = (pin: number) => {
    const found = ports.chosen.find((one) => one.pin === pin);
    // What safe-state cannot find it cannot bring to rest.
    if (found === undefined) throw new Error(`no option that was made with pin() names pin ${pin}`);
    return found;
  };
  return {
    output: async (pin, request) => claimOutput(ports, chosen(pin), request),
    input: async (pin, request) => claimInput(ports, chosen(pin), request),
    pwm: async (pin, request) => claimPulses(ports, chosen(pin), request),
  };
}

async function claimOutput(ports: PinPorts, chosen: ChosenPin, { onState }: SwitchRequest): Promise<Switch> {
  const { pins, clock, causes } = ports;
  const { pin, initial, rest } = chosen;
  const line = await pins.output(pin, {
    initial: levelFor(initial === "on", chosen),
    keep: initial === "keep",
    onError: ports.fail,
  });
  let known: boolean | undefined;
  const isOn = () => line.read() === levelFor(true, chosen);
  const say = (on: boolean, cause: string | undefined) => {
    known = on;
    causes.during(cause, () => onState(on));
  };
  const set = (on: boolean, cause?: string) => {
    line.write(levelFor(on, chosen));
    say(on, cause);
  };
  const lookAgain = () => {
    clock.after(lookAgainMs, lookAgain);
    const on = isOn();
    if (on !== known) say(on, "outside");
  };
  ports.onStop(async () => {
    try {
      if (rest !== "keep") set(rest === "on", "on_exit");
    } finally {
      await line.close();
    }
  });
  say(isOn(), "initial");
  clock.after(lookAgainMs, lookAgain);
  return { isOn, set };
}

async function claimInput(ports: PinPorts, chosen: ChosenPin, request: ContactRequest): Promise<void> {
  const { debounceMs, onState } = request;
  let line: InputLine | undefined;
  let known: boolean | undefined;
  let settling: Cancel | undefined;
  const isActive = (one: InputLine) => one.read() === levelFor(true, chosen);
  const look = () => {
    settling = undefined;
    if (line === undefined) return;
    const active = isActive(line);
    if (active === known) return;
    known = active;
    onState(active);
  };
  const settle = () => {
    settling?.();
    if (debounceMs === 0 || line?.debounced) look();
    else settling = ports.clock.after(debounceMs, look);
  };
  const lookAgain = () => {
    ports.clock.after(lookAgainMs, lookAgain);
    if (line !== undefined && settling === undefined && isActive(line) !== known) settle();
  };
  const onEdge = () => {
    try {
      settle();
    } catch (error) {
      ports.fail(error as Error);
    }
  };

  line = await ports.pins.input(chosen.pin, { pull: chosen.pull, debounceMs, onEdge, onError: ports.fail });
  const claimed = line;
  ports.onStop(() => claimed.close());
  look();
  ports.clock.after(lookAgainMs, lookAgain);
}

async function claimPulses(ports: PinPorts, chosen: ChosenPin, request: PulseRequest): Promise<Pulses> {
  const { frequencyHz, onPower } = request;
  const { pin, initial, rest } = chosen;
  const atFirst = initial === "on" ? 1 : 0;
  const duty = dutyFor(atFirst, chosen);
  const line = await ports.pins.pwm(pin, { frequencyHz, duty, onError: ports.fail });
  const say = (power: number, cause: string | undefined) => ports.causes.during(cause, () => onPower(power));
  const set = (power: number, cause?: string) => {
    line.write(dutyFor(power, chosen));
    say(power, cause);
  };
  ports.onStop(async () => {
    try {
      if (rest !== "keep") set(rest === "on" ? 1 : 0, "on_exit");
    } finally {
      await line.close();
    }
  });
  say(atFirst, "initial");
  return { set };
}
