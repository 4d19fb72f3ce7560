import { UserError } from "../errors.ts";
import type { Log } from "../log/log.ts";
import type { Files } from "../machine/files.ts";
import type { Clock } from "../time/clock.ts";
import type { NamedChip } from "./named-chip.ts";
import type { PinName } from "./pin-name.ts";

/**
 * A physical level: 0 is ground, 1 is 3.3 V. Backends know nothing else. What a level means to a device (active-low) is decided above them.
 */
export type Level = 0 | 1;

/** The resistor that holds an input while nobody drives it. */
export type Pull = "up" | "down" | "none";

/** What a device does with a pin: switches it (output), watches it (input), or drives it with pulses (pwm: dimmers, fans, servos). */
export const pinUses = ["output", "input", "pwm"] as const;

/** One of {@link pinUses}. */
export type PinUse = (typeof pinUses)[number];

/** An output that this process has claimed. */
export interface OutputLine {
  /** Drives the pin before it returns. Throws when the pin was lost. */
  write(level: Level): void;
  /** The level now. */
  read(): Level;
  /**
   * Gives the pin back. Where the backend can, the level stays driven, because a floating pin may switch a relay. So write the level of
   * rest before closing.
   */
  close(): Promise<void>;
}

/** An input that this process has claimed. */
export interface InputLine {
  /** The level now. If `debounced`, it is the last level that was steady. */
  read(): Level;
  /** Whether the backend has debounced the edges already, so that the caller need not do it. */
  readonly debounced: boolean;
  /** Whether edges have their times to some microseconds, and a reading is of that moment. Absent: no. */
  readonly isExact?: boolean;
  close(): Promise<void>;
}

/** One change of an input's level. */
export interface Edge {
  readonly level: Level;
  /** When it happened, on the scale of {@link Clock.monotonicMs}. It is the kernel's own time stamp if the backend has one. */
  readonly atMs: number;
  /** How many edges before this one the kernel counted but could not keep. Absent: none, as far as the backend knows. */
  readonly missed?: number;
}

/** A pulse train that this process has claimed. */
export interface PwmLine {
  /** Sets the share of each period that the pin is high, 0 to 1. It takes effect with the next period. */
  write(duty: number): void;
  /** Gives the pin back. After that the pin is low or stays as it is. So write the duty of rest before closing. */
  close(): Promise<void>;
}

/** How to claim an output. */
export interface OutputRequest {
  /** The level from the first instant. It is set together with the direction, so that the pin never has another level. */
  readonly initial: Level;
  /** Whether to keep the present level if the pin is an output already, left so by an earlier run. */
  readonly keep: boolean;
  /** Called when the pin is lost, if the backend notices that by itself. Otherwise the next write throws. */
  readonly onError?: (error: Error) => void;
}

/** How to claim an input. */
export interface InputRequest {
  readonly pull: Pull;
  /** How long a level must be steady before it counts, in milliseconds. A backend whose {@link InputLine} is not `debounced` ignores it. */
  readonly debounceMs: number;
  /** Whether the input needs a kernel request of its own, so that no edge is lost when other inputs are claimed or given back. */
  readonly alone?: boolean;
  /** Called for each change that the backend sees. A backend without kernel time stamps may miss or repeat some. */
  readonly onEdge: (edge: Edge) => void;
  /** Called when the pin can no longer be watched. */
  readonly onError: (error: Error) => void;
}

/** How to claim a pulse train. */
export interface PwmRequest {
  /** Periods per second; servos need 50. */
  readonly frequencyHz: number;
  /** Whether to keep the frequency of a pulse train that is there already. */
  readonly keepFrequency?: boolean;
  /** The duty from the first period on, 0 to 1. */
  readonly duty: number;
  /** Called when the pin is lost, if the backend notices that by itself. Otherwise the next write throws. */
  readonly onError?: (error: Error) => void;
}

/** What can be seen of a pin without claiming it. */
export interface PinLook {
  /** The name of the line in the device tree, such as "GPIO17"; undefined if it has none. */
  readonly name?: string | undefined;
  /** Who holds the line, by the kernel's name for it: "sysfs", "spi0 CS0", or the name of a program. */
  readonly consumer?: string | undefined;
  /** What is lost at this pin alone, as clauses. */
  readonly lost?: readonly string[];
}

/**
 * The ways to claim a pin, by its name. A claim that fails rejects with a sentence that says what to do. A backend knows the pins of one
 * chip, by their numbers.
 */
export interface GpioPins<Pin extends PinName = PinName> {
  output(pin: Pin, request: OutputRequest): Promise<OutputLine>;
  input(pin: Pin, request: InputRequest): Promise<InputLine>;
  pwm(pin: Pin, request: PwmRequest): Promise<PwmLine>;
}

/**
 * The pins that one backend reaches, with physical levels. It has the methods that its backend's `uses` lists. They reject with {@link
 * CannotServe} when another backend may be able to serve the pin.
 */
export interface GpioBank extends Partial<GpioPins<number>> {
  /** Which hardware this is, for people: "pinctrl-bcm2711 at /dev/gpiochip0". */
  readonly description: string;
  /** Looks at a pin without claiming it. Rejects with {@link CannotServe} if this bank cannot serve the pin for this use. */
  look?(pin: number, use: PinUse): Promise<PinLook>;
  /** Gives back every pin that is still claimed. */
  close(): Promise<void>;
}

/** Says that a backend cannot serve a pin, so that `auto` tries the next backend. Nothing was claimed. */
export class CannotServe extends UserError {}

/** What a backend may use. Tests replace all of it, so that every backend runs through one contract suite. */
export interface GpioPorts {
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  /** The label of the chip that the user chose (`gpio.chip`); undefined if none was chosen. */
  readonly chip: string | undefined;
  /** The chip whose lines the bank is for, if it is one that devices.yaml names. Undefined: the chip of the header. */
  readonly named?: NamedChip | undefined;
  /** Where pigpiod listens: host and port. */
  readonly pigpiod: { readonly host: string; readonly port: number };
  /** The processor as `uname -m` names it: "armv6l", "armv7l", "aarch64", "x86_64". */
  readonly machine: string;
  /** Whether this process runs as root. */
  readonly isRoot: boolean;
  /** Imports a native package. Rejects when it is not installed or not built. */
  readonly load: (packageName: string) => Promise<unknown>;
}

/** One way to reach pins. A new backend is a file in `gpio/` that exports one, and a line in `gpio/index.ts`. */
export interface GpioBackend {
  /** The name of the backend's file, and the word in `gpio.backend`. */
  readonly name: string;
  /** One sentence for the reference. */
  readonly summary: string;
  /** What it can do on the right machine. For each use: what is lost compared to the best backend, as clauses in lower case. */
  readonly uses: Partial<Readonly<Record<PinUse, readonly string[]>>>;
  /** The uses for which `gpio.backend: auto` may choose it. Empty for the simulation: nobody should get simulated pins without asking. */
  readonly automaticFor: readonly PinUse[];
  /** The uses for which it also serves chips that devices.yaml names. A bank is opened for each of them. */
  readonly chipsFor?: readonly PinUse[];
  /** Opens the backend. It claims and moves nothing. Rejects with a UserError that says why this backend cannot work here. */
  open(ports: GpioPorts): Promise<GpioBank>;
}
