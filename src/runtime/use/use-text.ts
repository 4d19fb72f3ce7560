import type { ChosenPin } from "../../core/pin.ts";
import type { KeptUse, UseTotals } from "./use-count.ts";

/** What decides which values are published. */
interface Shown {
  readonly powerW?: number | undefined;
  readonly wear: number | undefined;
}

/**
 * The use of a device as it is published: of the output that was switched most often, the time for which any of them was on, and each
 * output by itself if there are several.
 */
export function useText(
  { outputs, on_s, energy_wh }: UseTotals,
  last: Pick<KeptUse, "last_by" | "last_switched">,
  pins: readonly ChosenPin[],
  { powerW, wear }: Shown,
): string {
  const each = pins.map(({ path, which }): [string, { switchings: number; hours_on: number }] => {
    const { switchings = 0, on_s: seconds = 0 } = outputs[outputName({ path })] ?? {};
    return [which.replaceAll(" ", "_"), { switchings, hours_on: hours(seconds) }];
  });
  return JSON.stringify({
    switchings: Math.max(0, ...each.map(([, { switchings }]) => switchings)),
    hours_on: hours(on_s),
    ...(powerW !== undefined && { energy: floor(energy_wh / 1_000, 3) }),
    ...(wear !== undefined && { wear }),
    ...last,
    ...(each.length > 1 && { outputs: Object.fromEntries(each) }),
  });
}

/** The name of an output for the state file. It stays the same when the pin is another one. */
export function outputName({ path }: Pick<ChosenPin, "path">): string {
  return path.join("_");
}

/** How many percent of its rated cycles an output has done, rounded down to a tenth. */
export function percentOf(switchings: number, ratedCycles: number): number {
  return floor((switchings / ratedCycles) * 100, 1);
}

/** Hundredths of an hour are 36 seconds. */
function hours(seconds: number): number {
  return floor(seconds / 3_600, 2);
}

/** Rounds down, so that a total never says more than there was. What is missing only by the error of a computation is not missing. */
function floor(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.floor(value * scale + 1e-6) / scale;
}
