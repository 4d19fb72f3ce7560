import type { Space } from "../machine/files.ts";
import type { PretendedInputs } from "./pretended-inputs.ts";

/** How a simulated value moves while no scenario sets it: up and down around a middle, so that a graph shows something. */
export interface Drift {
  readonly middle: number;
  readonly swing: number;
  readonly periodMs: number;
}

/** A drift of `swing` up and down around a middle, once in `periodMs` milliseconds. */
export function around(middle: number, swing: number, periodMs: number): Drift {
  return { middle, swing, periodMs };
}

/** A number in thousandths and a line end, as sysfs writes it. */
export function milli(value: number): string {
  return `${Math.round(value * 1000)}\n`;
}

/** A call of a native package, with the arguments of {@link import("../machine/isolate.ts").IsolatedPackage.call}. */
export interface PackageCall {
  readonly packageName: string;
  readonly functionName: string;
  readonly args: readonly unknown[];
}

/** A part that answers on I2C without a driver of the kernel. */
export interface PretendedI2c {
  readonly bus: number;
  readonly address: number;
  /** Takes the bytes of a transaction and gives `length` bytes; undefined: it does not answer. */
  transfer(bytes: readonly number[], length: number): readonly number[] | undefined;
}

/** A part at the other end of a serial line. */
export interface PretendedSerial {
  readonly port: string;
  /** What it sends without being asked, and how often. */
  readonly speaks?: { readonly everyMs: number; bytes(): readonly number[] };
  /** What it answers; undefined: nothing. */
  answer?(bytes: readonly number[]): readonly number[] | undefined;
}

/** A part that answers through timed pins. */
export interface PretendedTiming {
  /** The BCM numbers of its pins: trigger and echo, or clock and data. */
  readonly pins: readonly [output: number, input: number];
  /** The length of its echo in milliseconds, or the number that it shifts out. Undefined: it does not answer. */
  answer(): number | undefined;
}

/** A device's options, as in devices.yaml. */
type Options = Readonly<Record<string, unknown>>;

/** How a sensor is simulated: what the kernel's files or a package would say. */
export interface PretendedSensor<Name extends string = string> {
  /** The measures, with how they move until a scenario sets them. */
  readonly values: Readonly<Record<Name, Drift>> | ((options: Options) => Readonly<Record<Name, Drift>>);
  /** What tells two sensors of a kind apart, such as their pin. Absent if a machine has only one. */
  identity?(options: Options): unknown;
  /** The files through which Linux shows the sensor, as texts by path, for these values. */
  files?(options: Options, values: Readonly<Record<Name, number>>): Readonly<Record<string, string>>;
  /** The room of the file systems, by the paths that are asked for. */
  spaces?(options: Options, values: Readonly<Record<Name, number>>): Readonly<Record<string, Space>>;
  /** What a function of the native package returns. Undefined for a call that is not for this sensor. */
  call?(options: Options, values: Readonly<Record<Name, number>>, asked: PackageCall): unknown;
  /** The part on an I2C bus. `now` gives the values at that moment. */
  i2c?(options: Options, now: () => Readonly<Record<Name, number>>): PretendedI2c;
  /** The part at the other end of a serial line. `now` gives the values at that moment. */
  serial?(options: Options, now: () => Readonly<Record<Name, number>>): PretendedSerial;
  /** The part on timed pins. `now` gives the values at that moment. */
  timed?(options: Options, now: () => Readonly<Record<Name, number>>): PretendedTiming;
  /** What a program prints that is run with these words. Undefined for words that are not of this sensor. */
  program?(options: Options, values: Readonly<Record<Name, number>>, words: readonly string[]): string | undefined;
}

/** The measures of a simulated device with these options, with how they move. */
export function driftsOf(
  pretend: Partial<PretendedSensor> | undefined,
  options: Options,
): Readonly<Record<string, Drift>> {
  return typeof pretend?.values === "function" ? pretend.values(options) : (pretend?.values ?? {});
}

/** What an output does to a value that is measured: a heater makes a room warm. */
export interface Effect {
  /** The option that names the output: a pin of this device, or another device, all of whose outputs count. */
  readonly output: string;
  /** The option that names the measure. */
  readonly measure: string;
  /** How far from its usual course the value ends up when the output has been on for long, in the measure's unit. */
  readonly by: number;
  /** In how many milliseconds the value has gone 63 % of that way. It goes back as slowly. */
  readonly inMs: number;
}

/** How a device is simulated, so that it works without hardware. */
export interface Pretended<Chosen = Options> extends Partial<PretendedSensor>, PretendedInputs<Chosen> {
  /** What its outputs, or those that its options link, do to the measures that its options link. */
  readonly effects?: readonly Effect[];
}
