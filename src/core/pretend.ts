/** How a value moves while no scenario sets it: around its middle, so that a graph shows something. */
export interface Drift {
  readonly middle: number;
  readonly swing: number;
  readonly periodMs: number;
}

/** A drift around a middle. */
export function around(middle: number, swing: number, periodMs: number): Drift {
  return { middle, swing, periodMs };
}

/** A number in thousandths, as sysfs writes it. */
export function milli(value: number): string {
  return `${Math.round(value * 1000)}\n`;
}

/** A call of a native package, as {@link import("./isolate.ts").IsolatedPackage.call} has it. */
export interface PackageCall {
  readonly packageName: string;
  readonly functionName: string;
  readonly args: readonly unknown[];
}

/** A device's options, as devices.yaml has them. */
type Options = Readonly<Record<string, unknown>>;

/** The simulated side of a sensor: what the kernel's files or a package would answer for it. */
export interface Pretended<Name extends string = string> {
  /** The measures, as they are until a scenario sets them. */
  readonly values: Readonly<Record<Name, Drift>>;
  /** What tells the sensors of a kind apart, such as their pin. Absent where a machine has one. */
  identity?(options: Options): unknown;
  /** The texts of the files through which Linux shows the sensor, by path, for these values. */
  files?(options: Options, values: Readonly<Record<Name, number>>): Readonly<Record<string, string>>;
  /** What a native package's function returns; undefined for a call that does not ask this sensor. */
  call?(options: Options, values: Readonly<Record<Name, number>>, asked: PackageCall): unknown;
}
