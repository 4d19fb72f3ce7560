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
  /**
   * Called at the claim and for each change, never twice in a row with the same value. `atMs` is when the level had stood still for that
   * long, on the scale of the context's clock: by the kernel's stamp where the backend has it, however late it is told.
   */
  readonly onState: (active: boolean, atMs: number) => void;
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

/** How a device wants the pulses of an input counted; polarity and pull stand with the option that names the pin. */
export interface CountRequest {
  /** How long a level must stand still to count, on either edge, in milliseconds. 0 counts every edge. */
  readonly debounceMs: number;
  /**
   * Called for each pulse, with the time at which it began, on the scale of the context's clock. `pulses` is more than 1 where the kernel
   * counted edges that came faster than they could be told.
   */
  readonly onPulse: (atMs: number, pulses: number) => void;
}

/** How a device wants outputs of which never two are on. */
export interface SelectorRequest<Name extends string> {
  /** How long all of them are off before another one goes on, in milliseconds; also after the start of the device. */
  readonly deadTimeMs: number;
  /** Called once the outputs have been driven, and only then: with the one that is on, or undefined where none is. */
  readonly onState: (selected: Name | undefined) => void;
}

/** Outputs of which never two are on, also while they change and after a failure. */
export interface Selector<Name extends string> {
  /** The one that is on now; undefined where none is. */
  readonly selected: Name | undefined;
  /**
   * Switches off what is on before it returns, and switches the wanted one on, at once or when the dead time is over; only the last wish
   * counts. Throws when a pin could not be driven; then nothing more is switched on.
   */
  select(name: Name | undefined, cause?: string): void;
}

/**
 * The pins of one device: those that its options name, and no others, so that whoever brings outputs to rest after a crash knows them
 * all. Whatever it claims is given back when it stops, each output at its rest first.
 */
export interface DeviceGpio {
  output(pin: number, request: SwitchRequest): Promise<Switch>;
  /** Outputs by names of the device's own. */
  selector<Name extends string>(
    pins: Readonly<Record<Name, number>>,
    request: SelectorRequest<Name>,
  ): Promise<Selector<Name>>;
  input(pin: number, request: ContactRequest): Promise<void>;
  /** Counts an input's pulses; a pulse that is under way at the claim is not counted. */
  count(pin: number, request: CountRequest): Promise<void>;
  pwm(pin: number, request: PulseRequest): Promise<Pulses>;
}
