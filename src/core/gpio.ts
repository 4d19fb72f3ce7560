import type { Clock } from "./clock.ts";
import type { Files } from "./files.ts";
import type { Log } from "./log.ts";

/** A physical level: 0 is ground, 1 is 3.3 V. What it means (active-low) is decided above the backends, once. */
export type Level = 0 | 1;

/** The resistor that holds an input while nobody drives it. */
export type Pull = "up" | "down" | "none";

/** An output that is ours. */
export interface OutputLine {
  /** Drives the pin before it returns. Throws when the pin is no longer ours. */
  write(level: Level): void;
  /** The level now. */
  read(): Level;
  /**
   * Lets go of the pin. Where the backend can, the level stays driven: a pin that floats may switch a relay, so
   * whoever closes a line first writes the level at which it should rest.
   */
  close(): Promise<void>;
}

/** An input that is ours. */
export interface InputLine {
  read(): Level;
  close(): Promise<void>;
}

/** How to claim an output. */
export interface OutputRequest {
  /** The level from the first instant, set together with the direction, so that nothing flickers. */
  readonly initial: Level;
  /** Takes over the present level when the pin is an output already (left so by an earlier run). */
  readonly keep: boolean;
}

/** How to claim an input. */
export interface InputRequest {
  readonly pull: Pull;
  /** Called for each change that the backend sees, undebounced; may miss or repeat some, so the level is read anew. */
  readonly onEdge: () => void;
  /** Called when the pin can no longer be watched. */
  readonly onError: (error: Error) => void;
}

/** The pins of one chip, raw: levels only. */
export interface GpioBank {
  /** What this is, for people: "pinctrl-bcm2711 through onoff". */
  readonly description: string;
  output(pin: number, request: OutputRequest): Promise<OutputLine>;
  input(pin: number, request: InputRequest): Promise<InputLine>;
  close(): Promise<void>;
}

/** What a backend may use. Everything is injected, so that each backend passes one contract suite. */
export interface GpioPorts {
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  /** The label of the chip, where the user named one (`gpio.chip`). */
  readonly chip: string | undefined;
  /** Imports a native package. Rejects when it is not installed or not built. */
  readonly load: (packageName: string) => Promise<unknown>;
}

/** One way to reach pins. Export one from a file in `gpio/` and add its line to `gpio/index.ts`. */
export interface GpioBackend {
  /** The file's name, and the word in `gpio.backend`. */
  readonly name: string;
  /** One sentence for the reference. */
  readonly summary: string;
  /** Whether `gpio.backend: auto` may choose it. False for the simulation: nobody gets pretended pins by surprise. */
  readonly automatic: boolean;
  /** Claims nothing and moves nothing. Rejects with a UserError that says why this way is closed. */
  open(ports: GpioPorts): Promise<GpioBank>;
}

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

/** The pins of one device. Whatever it claims is given back when it stops, each output at its `onExit` first. */
export interface DeviceGpio {
  output(pin: number, request: SwitchRequest): Promise<Switch>;
  input(pin: number, request: ContactRequest): Promise<void>;
}

/** Unused pins float; the resistors that a Pi switches on at power-on are these (BCM2835 ARM Peripherals, p. 102). */
export function powerOnPull(pin: number): Pull {
  return pin <= 8 ? "up" : "down";
}
