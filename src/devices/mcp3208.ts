import { defineMcp320x } from "../core/analog/mcp320x.ts";

/** A converter of 12 bits on SPI, see {@link defineMcp320x}. */
export const mcp3208 = defineMcp320x("mcp3208", 12);
