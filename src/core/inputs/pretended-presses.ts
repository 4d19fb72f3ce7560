import { onAgainAndAgain, type RoutineStep } from "../simulation/pretended-inputs.ts";
import type { PressSettings } from "./press-options.ts";

/** The routine of a simulated button: somebody presses it once, twice and for long, as far as its options tell these apart. */
export function pretendedPresses(option: string, settings: PressSettings): readonly RoutineStep[] {
  const { presses, debounce, double_time: doubleMs, long_time: longMs } = settings;
  const short = debounce + 150;
  const single = [3 * 60_000, short] as const;
  const second = [(debounce + doubleMs) / 2, short] as const;
  const long = [3 * 60_000, longMs + debounce + 400] as const;
  return onAgainAndAgain(option, [single, ...(presses > 1 ? [single, second] : []), ...(longMs > 0 ? [long] : [])]);
}
