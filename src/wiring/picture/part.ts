import type { Supply } from "../../core/hardware/header.ts";

/** What a wire carries: a GPIO's signal, or a supply. */
export type WireKind = { readonly pin: number } | { readonly supply: Supply };

/** Where a wire ends. */
export interface Port {
  readonly wire: WireKind;
  /** What is printed at the end, such as "IN" or "VCC"; absent for a wire that only feeds a resistor. */
  readonly terminal?: string;
  /** What stands beside it: a device's id, or why a resistor is there. */
  readonly caption?: string;
}

/** A resistor between two ports of a part, the second right below the first. */
export interface Resistor {
  /** The index of the upper port. */
  readonly below: number;
  readonly ohms: number;
}

/** A thing that is wired to the header. */
export interface Part {
  readonly name: string;
  /** What it is, in a few words. */
  readonly what: string;
  readonly symbol: "contact" | "none";
  /** From top to bottom. */
  readonly ports: readonly Port[];
  readonly resistors: readonly Resistor[];
}

/** The signals that a part has. */
export function signalsOf(part: Part): readonly number[] {
  return part.ports.flatMap(({ wire }) => ("pin" in wire ? [wire.pin] : []));
}
