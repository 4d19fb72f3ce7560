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

/** A call of a native package, with the arguments of {@link import("./isolate.ts").IsolatedPackage.call}. */
export interface PackageCall {
  readonly packageName: string;
  readonly functionName: string;
  readonly args: readonly unknown[];
}

/** A device's options, as in devices.yaml. */
type Options = Readonly<Record<string, unknown>>;

/** How a sensor is simulated: what the kernel's files or a package would say. */
export interface Pretended<Name extends string = string> {
  /** The measures, with how they move until a scenario sets them. */
  readonly values: Readonly<Record<Name, Drift>>;
  /** What tells two sensors of a kind apart, such as their pin. Absent if a machine has only one. */
  identity?(options: Options): unknown;
  /** The files through which Linux shows the sensor, as texts by path, for these values. */
  files?(options: Options, values: Readonly<Record<Name, number>>): Readonly<Record<string, string>>;
  /** What a function of the native package returns. Undefined for a call that is not for this sensor. */
  call?(options: Options, values: Readonly<Record<Name, number>>, asked: PackageCall): unknown;
}
