/** What an output does when its device stops, and may do when it starts. */
export type Rest = "off" | "on" | "keep";

/** How a device wants an output; polarity, start and rest stand with the option that names the pin (`pin()`). */
export interface SwitchRequest {
  /** Called once the pin has been driven, and only then: at the claim, at each `set`, and when the device stops. */
  readonly onState: (on: boolean) => void;
}

/** An output as a device sees it: on or off, whatever the polarity. */
export interface Switch {
  /** What the pin says. */
  isOn(): boolean;
  /**
   * Drives the pin before it returns; throws when the pin could not be driven. `cause` says in a word why, such as `on_time`, for the
   * log; without one it is whatever the device is doing just now, such as a command.
   */
  set(on: boolean, cause?: string): void;
}

/** How a device wants an input; polarity and pull stand with the option that names the pin. */
export interface ContactRequest {
  /** How long a level must stand still to count, in milliseconds. 0 counts every level at once. */
  readonly debounceMs: number;
  /** Called at the claim and for each change, never twice in a row with the same value. */
  readonly onState: (active: boolean) => void;
}

/**
 * How a device wants a pulse train; polarity, start and rest stand with the option that names the pin. Power is the share of the time
 * that the device is on, 0 to 1, whatever the polarity.
 */
export interface PulseRequest {
  /** Periods per second. */
  readonly frequencyHz: number;
  /** Called once the pin has its pulses, and only then: at the claim, at each `set`, and when the device stops. */
  readonly onPower: (power: number) => void;
}

/** A pulse train as a device sees it. */
export interface Pulses {
  /** Changes the power before it returns; throws when that could not be done. `cause` as for {@link Switch.set}. */
  set(power: number, cause?: string): void;
}

/**
 * The pins of one device: those that its options name, and no others, so that whoever brings outputs to rest after a crash knows them
 * all. Whatever it claims is given back when it stops, each output at its rest first.
 */
export interface DeviceGpio {
  output(pin: number, request: SwitchRequest): Promise<Switch>;
  input(pin: number, request: ContactRequest): Promise<void>;
  pwm(pin: number, request: PulseRequest): Promise<Pulses>;
}
