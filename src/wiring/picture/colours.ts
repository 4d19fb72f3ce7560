import type { PlacedPart } from "./layout.ts";
import { signalsOf, type WireKind } from "./part.ts";

/** The colours of lines and background. The picture has a background of its own, so that it looks the same on a dark page. */
export const ink = {
  paper: "#ffffff",
  text: "#1f2328",
  faint: "#59636e",
  line: "#d1d9e0",
  box: "#f6f8fa",
  header: "#e3e8ee",
  pin: "#d4b15f",
  free: "#eaeef2",
  resistor: "#ddc08a",
} as const;

const supplyColours = { "3V3": "#e5484d", "5V": "#a30d1b", GND: "#1f2328" } as const;

/** These colours differ much from each other, and from red and black. */
const signalColours = [
  "#1668dc",
  "#d97706",
  "#2f9e44",
  "#9c36b5",
  "#0b8aa3",
  "#d6408f",
  "#7a5c2e",
  "#6741d9",
  "#5f8f0a",
  "#3b82b5",
  "#a3770a",
  "#0b7a63",
  "#a855f7",
  "#c8603f",
];

/** The look of wires. */
export interface Strokes {
  colour(wire: WireKind): string;
  /** The dash pattern; undefined for a solid line. A signal is dashed when there are more signals than colours. */
  dash(wire: WireKind): string | undefined;
}

/** Gives each signal a colour of its own, from the top part to the last one. */
export function strokesFor(parts: readonly PlacedPart[]): Strokes {
  const signals = parts.flatMap(({ part }) => signalsOf(part));
  return {
    colour: (wire) =>
      "supply" in wire
        ? supplyColours[wire.supply]
        : (signalColours[signals.indexOf(wire.pin) % signalColours.length] ?? ink.text),
    dash: (wire) => ("pin" in wire && signals.indexOf(wire.pin) >= signalColours.length ? "9 3" : undefined),
  };
}
