import { UserError } from "../errors.ts";
import type { Files } from "../files.ts";
import type { Log } from "../log/log.ts";
import type { Clock } from "../time/clock.ts";

/** A physical level: 0 is ground, 1 is 3.3 V. What it means (active-low) is decided above the backends, once. */
export type Level = 0 | 1;

/** The resistor that holds an input while nobody drives it. */
export type Pull = "up" | "down" | "none";

/** What a device wants of a pin: to switch it, to watch it, or to give it a share of the time (dimmers, fans, servos). */
export const pinUses = ["output", "input", "pwm"] as const;

/** One of {@link pinUses}. */
export type PinUse = (typeof pinUses)[number];

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
  /** The level now; where `debounced`, the last level that stood still. */
  read(): Level;
  /** Whether edges come debounced already, so that nobody has to wait a second time. */
  readonly debounced: boolean;
  close(): Promise<void>;
}

/** One change of an input's level. */
export interface Edge {
  readonly level: Level;
  /** When it happened, on the scale of {@link Clock.monotonicMs}; the kernel's own stamp where the backend has it. */
  readonly atMs: number;
  /** How many edges came before it that the kernel counted and could not keep. Absent: none, as far as the backend knows. */
  readonly missed?: number;
}

/** A pulse train that is ours. */
export interface PwmLine {
  /** The share of each period that the pin is high, 0 to 1; in force from the next period on. */
  write(duty: number): void;
  /** Lets go of the pin, which goes low or stays as it is: whoever closes a line first writes the duty at which it rests. */
  close(): Promise<void>;
}

/** How to claim an output. */
export interface OutputRequest {
  /** The level from the first instant, set together with the direction, so that nothing flickers. */
  readonly initial: Level;
  /** Takes over the present level when the pin is an output already (left so by an earlier run). */
  readonly keep: boolean;
  /** Called when the pin is lost, where the backend notices by itself; else the next write throws. */
  readonly onError?: (error: Error) => void;
}

/** How to claim an input. */
export interface InputRequest {
  readonly pull: Pull;
  /** How long a level must stand still to count, in milliseconds. A backend whose {@link InputLine} is not `debounced` ignores it. */
  readonly debounceMs: number;
  /** Whether no coming and going of other inputs may cost an edge of this one: it has a request of its own at the kernel. */
  readonly alone?: boolean;
  /** Called for each change that the backend sees; without kernel time stamps it may miss or repeat some. */
  readonly onEdge: (edge: Edge) => void;
  /** Called when the pin can no longer be watched. */
  readonly onError: (error: Error) => void;
}

/** How to claim a pulse train. */
export interface PwmRequest {
  /** Periods per second; 50 for servos. */
  readonly frequencyHz: number;
  /** The duty from the first period on, 0 to 1. */
  readonly duty: number;
  /** Called when the pin is lost, where the backend notices by itself; else the next write throws. */
  readonly onError?: (error: Error) => void;
}

/** What can be seen of a pin without claiming it. */
export interface PinLook {
  /** The name that the device tree gives the line, such as "GPIO17", where it has one. */
  readonly name?: string | undefined;
  /** Who holds it, as the kernel knows: "sysfs", "spi0 CS0", the name of a program. */
  readonly consumer?: string | undefined;
}

/** Every way to claim a pin, by its BCM number. A claim that fails rejects with a sentence that says what to do. */
export interface GpioPins {
  output(pin: number, request: OutputRequest): Promise<OutputLine>;
  input(pin: number, request: InputRequest): Promise<InputLine>;
  pwm(pin: number, request: PwmRequest): Promise<PwmLine>;
}

/**
 * The pins that one backend reaches, raw: levels only. It has the methods that its backend's `uses` lists. They reject with
 * {@link CannotServe} where another backend may be able to.
 */
export interface GpioBank extends Partial<GpioPins> {
  /** What this is, for people: "pinctrl-bcm2711 at /dev/gpiochip0". */
  readonly description: string;
  /** Looks without claiming; rejects with {@link CannotServe} for a pin that this bank cannot serve so. */
  look?(pin: number, use: PinUse): Promise<PinLook>;
  /** Lets go of whatever is still claimed. */
  close(): Promise<void>;
}

/** Says that this way does not lead to this pin, so that `auto` looks for another; claims nothing. */
export class CannotServe extends UserError {}

/** What a backend may use. Everything is injected, so that each backend passes one contract suite. */
export interface GpioPorts {
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  /** The label of the chip, where the user named one (`gpio.chip`). */
  readonly chip: string | undefined;
  /** Where pigpiod listens: host and port. */
  readonly pigpiod: { readonly host: string; readonly port: number };
  /** What the processor is called (`uname -m`): "armv6l", "armv7l", "aarch64", "x86_64". */
  readonly machine: string;
  /** Whether this process runs as root. */
  readonly isRoot: boolean;
  /** Imports a native package. Rejects when it is not installed or not built. */
  readonly load: (packageName: string) => Promise<unknown>;
}

/** One way to reach pins. Export one from a file in `gpio/` and add its line to `gpio/index.ts`. */
export interface GpioBackend {
  /** The file's name, and the word in `gpio.backend`. */
  readonly name: string;
  /** One sentence for the reference. */
  readonly summary: string;
  /** What it can do on the right machine, each with what is lost compared to the best way: clauses, lower case. */
  readonly uses: Partial<Readonly<Record<PinUse, readonly string[]>>>;
  /** For what `gpio.backend: auto` may choose it. Nothing for the simulation: nobody gets pretended pins by surprise. */
  readonly automaticFor: readonly PinUse[];
  /** Claims nothing and moves nothing. Rejects with a UserError that says why this way is closed. */
  open(ports: GpioPorts): Promise<GpioBank>;
}
