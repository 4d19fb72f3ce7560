import type { Supply } from "../../core/hardware/header.ts";

/** The meanings that have a colour in the drawing. */
export type Colour = Supply | "device" | "foreign" | "free" | "high" | "low" | "plain";

/** Paints a text for the terminal. */
export type Paint = (colour: Colour, text: string) => string;

/**
 * The codes of ECMA-48, "select graphic rendition", for the sixteen colours that the user's terminal defines. Some are bold, because 33
 * alone is a dark brown on some terminals.
 */
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

/** Puts escape codes around each text that is not blank. */
export const sixteenColours: Paint = (colour, text) =>
  codes[colour] === "" || text.trim() === "" ? text : `\u001b[${codes[colour]}m${text}\u001b[0m`;

/** Leaves the text as it is. */
export const plain: Paint = (_colour, text) => text;
