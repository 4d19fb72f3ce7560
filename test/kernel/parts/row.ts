import type { I2cPart, Registers } from "./lab-bus.ts";

/** What is to be read of a part. */
interface Row extends I2cPart {
  readonly kind: string;
  /** Options of the kind besides those that say where it is, as YAML, each with a comma and a space before it. */
  readonly more?: string;
  readonly every?: string;
  /** What is published at first, and what after it was away; worked out from the datasheet. */
  readonly reads: Readonly<Record<string, unknown>>;
  readonly readsThen: Readonly<Record<string, unknown>>;
}

/** A part whose driver speaks SMBus. */
export interface StubRow extends Row {
  readonly registers: Registers;
  readonly registersThen: Registers;
}

/** A part whose driver speaks plain I2C: what it answers to what is written, in hexadecimal. */
export interface SimulatedRow extends Row {
  readonly answers: Readonly<Record<string, string>>;
  readonly answersThen: Readonly<Record<string, string>>;
}

/** Bytes in hexadecimal, as data sheets print them. */
export function hex(text: string): number[] {
  return text.split(" ").map((byte) => Number.parseInt(byte, 16));
}
