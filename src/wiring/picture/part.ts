import type { Supply } from "../../core/hardware/header.ts";

/** What a wire carries: the signal of a GPIO, or a supply. */
export type WireKind = { readonly pin: number } | { readonly supply: Supply };

/** The end of a wire. */
export interface Port {
  readonly wire: WireKind;
  /** The name of the terminal, such as "IN" or "VCC"; absent for a wire that leads only to a resistor. */
  readonly terminal?: string;
  /** The text beside it: a device's id, or why there is a resistor. */
  readonly caption?: string;
}

/** A resistor between two ports of a part. The second port is directly below the first. */
export interface Resistor {
  /** The index of the upper port. */
  readonly below: number;
  readonly ohms: number;
}

/** Something that is wired to the header. */
export interface Part {
  readonly name: string;
  /** What it is, in a few words. */
  readonly what: string;
  readonly symbol: "contact" | "none";
  /** From top to bottom. */
  readonly ports: readonly Port[];
  readonly resistors: readonly Resistor[];
}

/** The pins of a part's signals. */
export function signalsOf(part: Part): readonly number[] {
  return part.ports.flatMap(({ wire }) => ("pin" in wire ? [wire.pin] : []));
}
