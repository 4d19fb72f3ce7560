import type { Supply } from "../../core/hardware/header.ts";

/** What the drawing paints, by meaning. */
export type Colour = Supply | "device" | "foreign" | "free" | "high" | "low" | "plain";

/** Paints a text for the terminal. */
export type Paint = (colour: Colour, text: string) => string;

/** ECMA-48, "select graphic rendition": the sixteen colours that the owner of the terminal chose. Bold, since 33 is a dark brown on some. */
const codes: Readonly<Record<Colour, string>> = {
  "3V3": "1;33",
  "5V": "1;31",
  GND: "90",
  device: "1;36",
  foreign: "35",
  free: "90",
  high: "32",
  low: "34",
  plain: "",
};

/** With escape codes around each text that has anything to see. */
export const sixteenColours: Paint = (colour, text) =>
  codes[colour] === "" || text.trim() === "" ? text : `\u001b[${codes[colour]}m${text}\u001b[0m`;

/** As it is. */
export const plain: Paint = (_colour, text) => text;
