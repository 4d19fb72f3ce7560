import * as z from "zod";
import { pinOptions } from "../pin.ts";
import { duration } from "../time/duration.ts";
import { type FailSafeSettings, failSafeOption, failSafeSettings } from "./failsafe.ts";

/** The limits that every kind with outputs has. They are held between the kind and its lines, so no kind can exceed them. */
export const limitOptions = {
  min_on: duration({ min: "1s", max: "1d" })
    .optional()
    .describe("The shortest time that the output stays on; switching it off waits until then. Default: no limit."),
  min_off: duration({ min: "1s", max: "1d" })
    .optional()
    .describe(
      "The shortest time that the output stays off, also after the start of the agent, as a compressor needs; switching it on waits until then. Default: no limit.",
    ),
  max_on: duration({ min: "1s", max: "30d" })
    .optional()
    .describe("The longest time that the output stays on; no command makes it longer. Default: no limit."),
  max_on_rest: duration({ min: "1s", max: "30d" })
    .optional()
    .describe("How long the output stays off after max_on has ended its time on. Default: no rest."),
  auto_off: duration({ min: "1s", max: "30d" })
    .optional()
    .describe(
      "How long after the last command to switch on the output goes off by itself; each such command begins it anew. Default: never.",
    ),
  min_interval: duration({ min: "50ms", max: "1h" })
    .optional()
    .describe(
      "The shortest time between two changes of the output, which saves the contacts of a relay; meanwhile only the newest command waits. Default: no limit.",
    ),
  interlock: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, { error: "is not the name of a group; write letters, digits, - and _" })
    .optional()
    .describe(
      "The name of a group of devices of which never two are on; switching one on first switches off the one that is on. Default: none.",
    ),
  interlock_wait: duration({ min: "0ms", max: "10m" })
    .optional()
    .describe(
      "How long all devices of the interlock group are off before another one goes on; the longest one of the group holds for all. Default: 500ms.",
    ),
  max_age: duration({ min: "1s", max: "1d" })
    .optional()
    .describe(
      'How old a command may be that says in its JSON when it was made, as in `{"state":"ON","ts":1764259200}`; an older one is refused. Default: any age.',
    ),
  failsafe: failSafeOption.optional(),
};

/** The time for which all outputs of an interlock group are off before another one goes on, where nobody has written one. */
const usualInterlockWaitMs = 500;

/** The group of devices to which a device belongs of which never two are on. */
export interface Interlocked {
  readonly group: string;
  /** How long all are off before another one goes on. */
  readonly waitMs: number;
}

/** The limits of one device's outputs, in milliseconds; undefined: none. */
export interface Limits {
  readonly minOnMs?: number | undefined;
  readonly minOffMs?: number | undefined;
  readonly maxOnMs?: number | undefined;
  readonly maxOnRestMs?: number | undefined;
  readonly autoOffMs?: number | undefined;
  readonly minIntervalMs?: number | undefined;
  readonly interlock?: Interlocked | undefined;
  /** How old a command may be that says when it was made. */
  readonly maxAgeMs?: number | undefined;
  readonly failSafe?: FailSafeSettings | undefined;
}

/** Whether a command to these outputs may have to wait, or a fail-safe holds them, so that there is something to tell about it. */
export function mayWait({ minOnMs, minOffMs, maxOnRestMs, minIntervalMs, interlock, failSafe }: Limits): boolean {
  return [minOnMs, minOffMs, maxOnRestMs, minIntervalMs, interlock, failSafe].some((limit) => limit !== undefined);
}

/** The options of {@link limitOptions}, as they were chosen. */
type LimitOptions = z.output<z.ZodObject<typeof limitOptions>>;

/** Separates the limits from the kind's own options. */
export function takeLimits(written: Readonly<Record<string, unknown>>): {
  readonly limits: Limits;
  readonly options: Readonly<Record<string, unknown>>;
} {
  const { min_on, min_off, max_on, max_on_rest, auto_off, min_interval, ...others } = written as Partial<LimitOptions>;
  const { interlock, interlock_wait, max_age, failsafe, ...options } = others;
  const failSafe = failSafeSettings(failsafe);
  const limits: Limits = {
    minOnMs: min_on,
    minOffMs: min_off,
    maxOnMs: max_on,
    maxOnRestMs: max_on_rest,
    autoOffMs: auto_off,
    minIntervalMs: min_interval,
    maxAgeMs: max_age,
    ...(failSafe && { failSafe }),
    ...(interlock !== undefined && {
      interlock: { group: interlock, waitMs: interlock_wait ?? usualInterlockWaitMs },
    }),
  };
  return { limits, options };
}

/** What of the limits of one device does not go together: a clause at the option that is wrong. */
export function limitConflicts(written: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const { min_on, max_on, max_on_rest, auto_off, interlock, interlock_wait } = written as Partial<LimitOptions>;
  const longest = Math.min(max_on ?? Number.POSITIVE_INFINITY, auto_off ?? Number.POSITIVE_INFINITY);
  return {
    ...(min_on !== undefined &&
      min_on > longest && {
        min_on: `is longer than ${max_on === longest ? "max_on" : "auto_off"}, after which the output goes off; shorten it`,
      }),
    ...(max_on === undefined &&
      max_on_rest !== undefined && {
        max_on: "is missing, and max_on_rest belongs to it; write the longest time that the output stays on",
      }),
    ...(interlock === undefined &&
      interlock_wait !== undefined && {
        interlock: "is missing, and interlock_wait belongs to it; name the group of devices of which never two are on",
      }),
  };
}

/** Whether a kind has outputs or pulse trains, and so has the limits. */
export function hasLimits(options: z.ZodRawShape): boolean {
  return [...pinOptions(options).values()].some(({ role }) => role === "output" || role === "pwm");
}
