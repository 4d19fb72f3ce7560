import * as z from "zod";
import type { ContactRequest, DebounceMode } from "../device-gpio.ts";
import { pin } from "../pin.ts";
import { duration, parseDuration } from "../time/duration.ts";

/** The sentences and defaults by which the options of one input differ from those of another. */
export interface InputWords {
  /** What is wired to the pin, as the words after "The pin that". */
  readonly pin: string;
  /** When a low level means on. `means` is one sentence or more. */
  readonly activeLow: { readonly default: boolean; readonly means: string };
  /** When the resistor holds the pin, as the words after "The resistor that holds the pin". */
  readonly held: string;
  /** How long a level must stand still. `default` and `max` are written as durations. */
  readonly debounce: { readonly default: string; readonly max: string; readonly means: string };
}

/** The options that every input on one pin has: `pin`, `active_low`, `pull` and `debounce`. */
export function inputOptions({ pin: wired, activeLow, held, debounce }: InputWords) {
  return {
    pin: pin(`The pin that ${wired}, as a BCM number.`, "input", { activeLow: "active_low", pull: "pull" }),
    active_low: z.boolean().default(activeLow.default).describe(`${activeLow.means} Default: ${activeLow.default}.`),
    pull: z
      .enum(["up", "down", "none"])
      .default("up")
      .describe(`The resistor that holds the pin ${held}. Default: up.`),
    debounce: duration({ min: "0ms", max: debounce.max })
      .default(parseDuration(debounce.default) ?? 0)
      .describe(`${debounce.means} Default: ${debounce.default}.`),
  };
}

/** The options of an input whose levels count, as {@link inputOptions}, and `debounce_mode`. */
export function contactOptions(words: InputWords) {
  return {
    ...inputOptions(words),
    debounce_mode: z
      .enum(["trailing", "leading"])
      .default("trailing")
      .describe(
        "When a change counts. trailing: once its level has stood still for the time of debounce. leading: at once; then none counts for that time, and after it the level is read again. Default: trailing.",
      ),
  };
}

/** What was chosen of {@link contactOptions}. */
interface Debouncing {
  readonly debounce: number;
  readonly debounce_mode: DebounceMode;
}

/** How a device with {@link contactOptions} wants its input debounced. */
export function debouncing(options: Debouncing): Pick<ContactRequest, "debounceMs" | "debounceMode"> {
  return { debounceMs: options.debounce, debounceMode: options.debounce_mode };
}

/** What does not go together in {@link contactOptions}. */
export function debounceConflicts(options: Debouncing): { debounce_mode?: string } {
  if (options.debounce_mode === "trailing" || options.debounce > 0) return {};
  return { debounce_mode: "needs a time of debounce; write debounce: 50ms, or take debounce_mode out" };
}
