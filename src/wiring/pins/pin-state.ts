import { levelFor } from "../../core/pin.ts";
import type { Colour } from "../terminal/terminal-colours.ts";
import { configuredLevel } from "./configured-level.ts";
import type { PlacedPin } from "./placed-pin.ts";
import type { SeenLine } from "./seen-lines.ts";

/** The text and the colour that show how a pin is. */
export interface PinState {
  /** "high*" with a star for a level that was seen, "high" for a configured one. At most five characters. */
  readonly word: string;
  /** What the level means or where it comes from, as a clause. */
  readonly reason: string;
  readonly colour: Colour;
}

/** The names that the kernel gives to us: the consumer of our lines, and sysfs, which is the name for everybody who uses it. */
const ourNames = ["pi2mqtt", "sysfs"];

/** The level that was seen. If none was seen, the configured one. */
export function pinState(pin: PlacedPin | undefined, line: SeenLine | undefined): PinState {
  const configured = pin && configuredLevel(pin);
  if (line?.level === undefined)
    return { word: configured?.word ?? "", reason: configured?.reason ?? "", colour: "plain" };
  return {
    word: line.level === 1 ? "high*" : "low*",
    reason: ourNames.includes(line.consumer) ? meaning(pin, line.level) : `held by ${line.consumer}`,
    colour: line.level === 1 ? "high" : "low",
  };
}

function meaning(pin: PlacedPin | undefined, level: 0 | 1): string {
  if (pin === undefined) return "";
  if (pin.role !== "output") return configuredLevel(pin).reason;
  return level === levelFor(true, pin) ? "on" : "off";
}
