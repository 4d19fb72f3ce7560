import { type AnyMechanism, mechanism } from "../../core/pretend.ts";
import { type Direction, driven, type TravelTimes } from "./span.ts";

/** Where a pretended cover is at first: nobody has told the agent. */
const startPosition = 40;

/** How soon it has left an end stop, in milliseconds. */
const leavesAfterMs = 200;

/** The way that its relays drive it now. Both at once, which never happens, would be none. */
function directionOf({ open_pin, close_pin }: Readonly<Record<string, number>>): Direction | undefined {
  if (open_pin === close_pin) return undefined;
  return open_pin === 1 ? "open" : "close";
}

/** A cover that runs as long as its relays drive it, and closes an end stop at each end. `times` is for the whole way. */
export function pretendedCover(times: TravelTimes): AnyMechanism {
  return mechanism<number>({
    start: startPosition,
    step(position, powers, ms) {
      const direction = directionOf(powers);
      return direction === undefined ? position : driven([position, position], direction, ms, times)[0];
    },
    inputs: (position) => ({ open_endstop_pin: position === 100, close_endstop_pin: position === 0 }),
    nextMs(position, powers) {
      const direction = directionOf(powers);
      if (direction === undefined) return undefined;
      const end = direction === "open" ? 100 : 0;
      if (position === end) return undefined;
      return position === 100 - end ? leavesAfterMs : (Math.abs(end - position) / 100) * times[direction];
    },
  });
}
