import type { Space } from "../../core/machine/files.ts";
import type { Measure } from "../../core/measure.ts";
import type { Offered } from "../../core/readers/chosen-measures.ts";
import type { NoValue } from "../../core/sensor/no-value.ts";
import type { SensorContext } from "../../core/sensor.ts";

/** The options of `system` that say what is looked at. */
export interface SystemOptions {
  /** A folder on the disk. */
  readonly disk: string;
  /** The network interface, such as "eth0". */
  readonly interface?: string | undefined;
}

/** The values of a source, by their measures; one that cannot be read has a reason. */
export type Values<Name extends string> = Readonly<Record<Name, number | NoValue>>;

/** Something on the machine that can be read, and all that it tells. It is read once for all of its measures. */
export interface Source<Name extends string = string> {
  readonly offered: Offered<Name>;
  /** Returns a function that reads it, and that rejects with a sentence where this machine has no such thing. */
  open(context: SensorContext, options: SystemOptions): () => Promise<Values<Name>>;
  /** The files that the kernel shows with these values, for the simulation. */
  files?(values: Readonly<Record<Name, number>>, options: SystemOptions): Readonly<Record<string, string>>;
  /** The room of file systems, for the simulation. */
  spaces?(values: Readonly<Record<Name, number>>, options: SystemOptions): Readonly<Record<string, Space>>;
  /** What a program prints, for the simulation. */
  program?(values: Readonly<Record<Name, number>>, words: readonly string[]): string | undefined;
}

/** A share of something, in percent. */
export const percent = { unit: "%", digits: 1, range: [0, 100] } as const satisfies Measure;

/** The whole of which so much is free and so many percent are in use; for the simulation. With all in use there would be no answer. */
export function wholeOf(free: number, usedPercent: number): number {
  return free / (1 - Math.min(usedPercent, 99.99) / 100);
}

/** Something that is wrong or not. */
export const problem = { device_class: "problem", flag: true, digits: 0, range: [0, 1] } as const satisfies Measure;
