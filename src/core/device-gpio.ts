import type { PinName } from "./hardware/pin-name.ts";

/** What an output does when its device stops. `keep`: it stays as it is. */
export type Rest = "off" | "on" | "keep";

/** What an output does when its device starts. `last`: what it did when the device was last at work, also after a power cut. */
export type Initial = Rest | "last";

/** How a device wants an output. Polarity, start and rest belong to the option that names the pin, see `pin()`. */
export interface SwitchRequest {
  /** Called each time after the pin was driven: at the claim, at each `set`, and when the device stops. Never called before. */
  readonly onState: (on: boolean) => void;
  /** The longest time on that the kind itself allows, in milliseconds. It is held as `max_on` is; the shorter of the two counts. */
  readonly maxOnMs?: number | undefined;
}

/** An output as a device sees it: on or off. The polarity is hidden. */
export interface Switch {
  /** Whether the output is on, read from the pin. */
  isOn(): boolean;
  /**
   * Drives the pin before it returns. Throws when the pin could not be driven. `cause` is one word for the log, such as `on_time`. Without
   * it the log has the cause of what the device is doing, such as a command. With a cause, an output that is on stays on for no command's
   * sake: `auto_off` is not begun anew, and what waits to switch it off goes on waiting.
   */
  set(on: boolean, cause?: string): void;
  /**
   * Drives the pin off for a part of a pattern, or on again, before it returns. The output counts as on all the time: `isOn` says so, its
   * limits count it as one time on, and `onState` is not called. Does nothing while the output is off. Each `set` ends the pause. Throws
   * when the pin could not be driven.
   */
  pause(isPaused: boolean): void;
}

/**
 * Which levels of an input count. `trailing`: those that have been steady for the debounce time. `leading`: the first one at once; then none
 * for the debounce time, after which the level is read again, so that the last one always counts.
 */
export type DebounceMode = "trailing" | "leading";

/** How a device wants an input. Polarity and pull belong to the option that names the pin. */
export interface ContactRequest {
  /** The time for {@link debounceMode}, in milliseconds. With 0 every level counts at once. */
  readonly debounceMs: number;
  /** Which levels count. Absent: trailing. */
  readonly debounceMode?: DebounceMode;
  /**
   * Called at the claim and at each change. It never gets the same value twice in a row. `atMs` is when the level began to count, on the
   * scale of the context's clock: from the kernel's time stamp where the backend has it, even if it is told late. With `trailing` that is
   * when the level had been steady for the debounce time.
   */
  readonly onState: (active: boolean, atMs: number) => void;
}

/** How a device wants several inputs watched together, such as the two of an encoder. Each edge counts: nothing is debounced. */
export interface TogetherRequest<Name extends string> {
  /**
   * Called at the claim with the levels of all inputs, and then for each edge with the levels after it, in the order of the kernel's time
   * stamps, whichever input they are of. `atMs` is on the scale of the context's clock. A backend without time stamps tells the edges of two
   * inputs that come within a few milliseconds in any order, or not at all.
   */
  readonly onLevels: (active: Readonly<Record<Name, boolean>>, atMs: number) => void;
}

/**
 * How a device wants a pulse train. Polarity, start and rest belong to the option that names the pin. Power is the share of the time that
 * the device is on, from 0 to 1. The polarity is hidden.
 */
export interface PulseRequest {
  /** Periods per second. */
  readonly frequencyHz: number;
  /** Called each time after the pin got its pulses: at the claim, at each `set`, and when the device stops. Never called before. */
  readonly onPower: (power: number) => void;
}

/** A pulse train as a device sees it. */
export interface Pulses {
  /** Changes the power before it returns. Throws when the power could not be changed. For `cause` see {@link Switch.set}. */
  set(power: number, cause?: string): void;
}

/** The power of each pulse train of a group, by its name: the share of the time that it is on, from 0 to 1. */
export type Powers<Name extends string> = Readonly<Record<Name, number>>;

/** How a device wants pulse trains that are one thing together, such as the colors of a light. */
export interface PulseGroupRequest<Name extends string> {
  /** Periods per second, of each of them. */
  readonly frequencyHz: number;
  /** The powers from the first instant on. Where the device has a limit `min_off`, they first wait for that time. */
  readonly initial: Powers<Name>;
  /**
   * Called each time after all pins got their pulses: at the claim, at each `set` and `adjust`, and when the device stops. Never called
   * before. `isOn` is what the limits count: it stays true while `adjust` has made all powers 0. `cause` is one word, see {@link Switch.set}.
   */
  readonly onPowers: (powers: Powers<Name>, isOn: boolean, cause: string | undefined) => void;
}

/** Pulse trains that are on and off together. The limits of the device count for them as for one output. */
export interface PulseGroup<Name extends string> {
  /** Changes all powers before it returns. The group is off where all are 0. Throws when one of them could not be changed. */
  set(powers: Powers<Name>, cause?: string): void;
  /**
   * Changes all powers while the group is on, for a step of a transition, a flash or an effect. The limits see nothing of it: for them the
   * group stays on, also while all powers are 0, and a `set` that waits for a limit goes on waiting. Does nothing while the group is off.
   * Throws as `set` does.
   */
  adjust(powers: Powers<Name>, cause?: string): void;
}

/** How a device wants the pulses of an input counted. Polarity and pull belong to the option that names the pin. */
export interface CountRequest {
  /** How long a level must be steady after an edge of either direction before it counts, in milliseconds. With 0 every edge counts. */
  readonly debounceMs: number;
  /**
   * Called for each pulse with the time at which it began, on the scale of the context's clock. `pulses` is more than 1 when the kernel
   * counted edges that came too fast to be reported one by one.
   */
  readonly onPulse: (atMs: number, pulses: number) => void;
}

/** How a device wants a group of outputs of which at most one is on. */
export interface SelectorRequest<Name extends string> {
  /** How long all outputs are off before another one goes on, in milliseconds. The same pause is kept after the start of the device. */
  readonly deadTimeMs: number;
  /**
   * Whether the outputs are several ways to have one thing on, such as the speeds of a fan. Then a change from one to another is no end of
   * its time on for the limits, and `onState` is not called for the dead time of the change. Default: false.
   */
  readonly asOne?: boolean;
  /**
   * Called each time after the outputs were driven, with the name of the one that is on, or undefined when none is on. Never called before.
   * `cause` is one word. `outside` means that another program had driven one of them, and nobody knows for how long.
   */
  readonly onState: (selected: Name | undefined, cause: string | undefined) => void;
}

/** A group of outputs of which at most one is on, also during a change and after a failure. */
export interface Selector<Name extends string> {
  /** The output that is on now; undefined when none is on. */
  readonly selected: Name | undefined;
  /**
   * Switches off the output that is on, before it returns. Then it switches the wanted output on: at once, or when the dead time is over.
   * Only the last call counts. Throws when a pin could not be driven; then no output is switched on.
   */
  select(name: Name | undefined, cause?: string): void;
  /**
   * Switches all outputs off before it returns, whatever `min_on` says, and forgets what waits. For what must not be driven any further,
   * such as a motor at its end stop. Throws when a pin could not be driven.
   */
  switchOff(cause: string): void;
}

/**
 * The pins of one device: only those that its options name. So `safe-state` can find all of them after a crash. Everything that is claimed
 * here is given back when the device stops. Before that each output is driven to its rest.
 */
export interface DeviceGpio {
  output(pin: PinName, request: SwitchRequest): Promise<Switch>;
  /** Claims several outputs of which at most one is on. The keys of `pins` are names that the device chooses. */
  selector<Name extends string>(
    pins: Readonly<Record<Name, PinName>>,
    request: SelectorRequest<Name>,
  ): Promise<Selector<Name>>;
  input(pin: PinName, request: ContactRequest): Promise<void>;
  /** Watches several inputs together, each edge in its order. The keys of `pins` are names that the device chooses. */
  inputs<Name extends string>(pins: Readonly<Record<Name, PinName>>, request: TogetherRequest<Name>): Promise<void>;
  /** Counts an input's pulses. A pulse that is in progress at the claim is not counted. */
  count(pin: PinName, request: CountRequest): Promise<void>;
  pwm(pin: PinName, request: PulseRequest): Promise<Pulses>;
  /** Claims several pulse trains as one thing. The keys of `pins` are names that the device chooses. */
  pwmGroup<Name extends string>(
    pins: Readonly<Record<Name, PinName>>,
    request: PulseGroupRequest<Name>,
  ): Promise<PulseGroup<Name>>;
}
