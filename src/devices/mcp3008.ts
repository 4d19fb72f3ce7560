import { defineMcp320x } from "../core/analog/mcp320x.ts";

/** A converter of 10 bits on SPI, see {@link defineMcp320x}. */
export const mcp3008 = defineMcp320x("mcp3008", 10);
