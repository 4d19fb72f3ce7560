import type { Cancel, Clock } from "../core/clock.ts";
import type { ContactRequest, DeviceGpio, PulseRequest, Pulses, Switch, SwitchRequest } from "../core/device-gpio.ts";
import type { GpioPins, InputLine, Level } from "../core/gpio.ts";

/**
 * An interrupt can get lost, a pin be taken away or driven by somebody else; a look every two seconds finds out. Only a level
 * that the kernel debounces is what the kernel's own interrupts made it.
 */
const lookAgainMs = 2_000;

/** What the pins of a device need of its surroundings. */
export interface PinPorts {
  readonly pins: GpioPins;
  /** Timers whose failure takes the device offline. */
  readonly clock: Clock;
  /** Runs the task when the device stops, the latest first. */
  readonly onStop: (task: () => void | Promise<void>) => void;
  /** Takes the device offline. */
  readonly fail: (error: Error) => void;
}

/** Puts meaning on raw levels, once for all backends: polarity, rest and debounce. */
export function devicePins(ports: PinPorts): DeviceGpio {
  return {
    output: (pin, request) => claimOutput(ports, pin, request),
    input: (pin, request) => claimInput(ports, pin, request),
    pwm: (pin, request) => claimPulses(ports, pin, request),
  };
}

async function claimOutput(ports: PinPorts, pin: number, request: SwitchRequest): Promise<Switch> {
  const { activeLow, initial, onExit, onState } = request;
  const levelFor = (on: boolean): Level => (on !== activeLow ? 1 : 0);
  const line = await ports.pins.output(pin, {
    initial: levelFor(initial === "on"),
    keep: initial === "keep",
    onError: ports.fail,
  });
  let known: boolean | undefined;
  const isOn = () => (line.read() === 1) !== activeLow;
  const say = (on: boolean) => {
    known = on;
    onState(on);
  };
  const set = (on: boolean) => {
    line.write(levelFor(on));
    say(on);
  };
  const lookAgain = () => {
    ports.clock.after(lookAgainMs, lookAgain);
    const on = isOn();
    if (on !== known) say(on);
  };
  ports.onStop(async () => {
    try {
      if (onExit !== "keep") set(onExit === "on");
    } finally {
      await line.close();
    }
  });
  say(isOn());
  ports.clock.after(lookAgainMs, lookAgain);
  return { isOn, set };
}

async function claimInput(ports: PinPorts, pin: number, request: ContactRequest): Promise<void> {
  const { activeLow, pull, debounceMs, onState } = request;
  let line: InputLine | undefined;
  let known: boolean | undefined;
  let settling: Cancel | undefined;
  const look = () => {
    settling = undefined;
    if (line === undefined) return;
    const active = (line.read() === 1) !== activeLow;
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
    if (line !== undefined && settling === undefined && ((line.read() === 1) !== activeLow) !== known) settle();
  };
  const onEdge = () => {
    try {
      settle();
    } catch (error) {
      ports.fail(error as Error);
    }
  };

  line = await ports.pins.input(pin, { pull, debounceMs, onEdge, onError: ports.fail });
  const claimed = line;
  ports.onStop(() => claimed.close());
  look();
  ports.clock.after(lookAgainMs, lookAgain);
}

async function claimPulses(ports: PinPorts, pin: number, request: PulseRequest): Promise<Pulses> {
  const { activeLow, frequencyHz, initial, onExit, onPower } = request;
  const dutyFor = (power: number) => (activeLow ? 1 - power : power);
  const line = await ports.pins.pwm(pin, { frequencyHz, duty: dutyFor(initial), onError: ports.fail });
  const set = (power: number) => {
    line.write(dutyFor(power));
    onPower(power);
  };
  ports.onStop(async () => {
    try {
      if (onExit !== "keep") set(onExit);
    } finally {
      await line.close();
    }
  });
  onPower(initial);
  return { set };
}
