import { type AnyMechanism, mechanism } from "../../core/simulation/pretended-inputs.ts";
import { driven, endOf } from "./place.ts";
import type { Direction } from "./span.ts";

/** Where a pretended cover is at first: nobody has told the agent. */
const startPosition = 40;

/** How soon it has left an end stop, in milliseconds. */
const leavesAfterMs = 200;

/** The way that its relays drive it now. Both at once, which never happens, would be none. */
function directionOf({ open_pin, close_pin }: Readonly<Record<string, number>>): Direction | undefined {
  if (open_pin === close_pin) return undefined;
  return open_pin === 1 ? "open" : "close";
}

/**
 * A cover that runs as long as its relays drive it, and closes an end stop at each end. `ofWay` is how long the whole way takes. A cover with
 * slats has no end stops that could be seen, so they are left out.
 */
export function pretendedCover(ofWay: Readonly<Record<Direction, number>>): AnyMechanism {
  const times = { ...ofWay, tilt: 0 };
  return mechanism<number>({
    start: startPosition,
    step(position, powers, ms) {
      const direction = directionOf(powers);
      if (direction === undefined) return position;
      const place = { position: [position, position], tilt: [0, 0] } as const;
      return driven(place, direction, ms, times).position[0];
    },
    inputs: (position) => ({ open_endstop_pin: position === 100, close_endstop_pin: position === 0 }),
    nextMs(position, powers) {
      const direction = directionOf(powers);
      if (direction === undefined) return undefined;
      const end = endOf[direction];
      if (position === end) return undefined;
      return position === 100 - end ? leavesAfterMs : (Math.abs(end - position) / 100) * times[direction];
    },
  });
}
