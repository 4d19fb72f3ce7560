import type { Pull } from "./gpio.ts";

/** What an output does when its device stops, and may do when it starts. */
export type Rest = "off" | "on" | "keep";

/** How a device wants an output. */
export interface SwitchRequest {
  readonly activeLow: boolean;
  readonly initial: Rest;
  readonly onExit: Rest;
  /** Called once the pin has been driven, and only then: at the claim, at each `set`, and when the device stops. */
  readonly onState: (on: boolean) => void;
}

/** An output as a device sees it: on or off, whatever the polarity. */
export interface Switch {
  /** What the pin says. */
  isOn(): boolean;
  /** Drives the pin before it returns; throws when the pin could not be driven. */
  set(on: boolean): void;
}

/** How a device wants an input. */
export interface ContactRequest {
  readonly activeLow: boolean;
  readonly pull: Pull;
  /** How long a level must stand still to count, in milliseconds. 0 counts every level at once. */
  readonly debounceMs: number;
  /** Called at the claim and for each change, never twice in a row with the same value. */
  readonly onState: (active: boolean) => void;
}

/** How a device wants a pulse train. Power is the share of the time that the device is on, 0 to 1, whatever the polarity. */
export interface PulseRequest {
  readonly activeLow: boolean;
  /** Periods per second. */
  readonly frequencyHz: number;
  /** The power from the first period on. */
  readonly initial: number;
  /** The power at which the device is left when it stops. */
  readonly onExit: number | "keep";
  /** Called once the pin has its pulses, and only then: at the claim, at each `set`, and when the device stops. */
  readonly onPower: (power: number) => void;
}

/** A pulse train as a device sees it. */
export interface Pulses {
  /** Changes the power before it returns; throws when that could not be done. */
  set(power: number): void;
}

/** The pins of one device. Whatever it claims is given back when it stops, each output at its `onExit` first. */
export interface DeviceGpio {
  output(pin: number, request: SwitchRequest): Promise<Switch>;
  input(pin: number, request: ContactRequest): Promise<void>;
  pwm(pin: number, request: PulseRequest): Promise<Pulses>;
}
