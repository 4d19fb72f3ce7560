import { type AnyMechanism, mechanism } from "../../core/simulation/pretended-inputs.ts";
import { afterPulse, type Direction, directionOf, type Phase, phaseAt } from "./phase.ts";

/** How soon it has left a contact, in milliseconds. */
const leavesAfterMs = 300;

/** A pretended door: its position, from 0, closed, to 100, what its drive does, and whether its button was pressed. */
interface PretendedDoor {
  readonly position: number;
  readonly phase: Phase;
  readonly isPressed: boolean;
}

const ends = { open: 100, close: 0 } as const;

/** A closed garage door whose drive takes a step with each pulse, with a contact at each end. `times` is for the whole way. */
export function pretendedDoor(times: Readonly<Record<Direction, number>>, reverses: boolean): AnyMechanism {
  return mechanism<PretendedDoor>({
    start: { position: 0, phase: "closed", isPressed: false },
    step({ position, phase: before, isPressed: wasPressed }, { button_pin: power }, ms) {
      const isPressed = power === 1;
      const phase = isPressed && !wasPressed ? afterPulse(before, reverses) : before;
      const way = directionOf(phase);
      if (way === undefined) return { position, phase, isPressed };
      const moved = position + ((way === "open" ? 1 : -1) * 100 * ms) / times[way];
      const isThere = way === "open" ? moved >= 100 : moved <= 0;
      return { position: isThere ? ends[way] : moved, phase: isThere ? phaseAt[way] : phase, isPressed };
    },
    inputs: ({ position }) => ({ closed_contact_pin: position === 0, open_contact_pin: position === 100 }),
    nextMs({ position, phase }) {
      const way = directionOf(phase);
      if (way === undefined) return undefined;
      const isAtStart = position === 100 - ends[way];
      return isAtStart ? leavesAfterMs : (Math.abs(ends[way] - position) / 100) * times[way];
    },
  });
}
