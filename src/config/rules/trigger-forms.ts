import * as z from "zod";
import { topic } from "../../core/messages/topic.ts";
import { sunMoments } from "../../core/rules/trigger.ts";
import { duration, parseDuration } from "../../core/time/duration.ts";
import { clockTime, deviceId, measured, onlineOrOffline } from "./rule-words.ts";

const forHowLong = duration({ min: "100ms", max: "30d" })
  .optional()
  .describe("How long it must be so without a break. Default: not at all.");

const waitAdvice = 'is not text; write it as a duration such as "-15m" or "1h"';

/** A duration that may have a minus sign before it; the result is in milliseconds. */
const offset = z
  .string({ error: waitAdvice })
  .meta({ pattern: "^\\s*-?\\s*\\d+(\\.\\d+)?\\s*(ms|s|m|h)\\s*$" })
  .transform((text, context) => {
    const [, sign, size = ""] = /^\s*([+-]?)\s*(.*)$/.exec(text) ?? [];
    const ms = parseDuration(size);
    if (ms !== undefined && ms <= 12 * 3_600_000) return sign === "-" ? -ms : ms;
    const message =
      ms === undefined
        ? "is not a duration; write a number with its unit, such as -15m or 1h"
        : "is out of range; write at most 12h";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

/** Each way in which something sets a rule off, by the key that tells it from the others. */
export const triggerForms = {
  event: z.strictObject({
    device: deviceId,
    event: z.string().describe("The type of an event of the device, such as single."),
  }),
  availability: z.strictObject({
    device: deviceId,
    availability: onlineOrOffline.describe("The device goes online or offline."),
    for: forHowLong,
  }),
  state: z.strictObject({
    device: deviceId,
    state: z.string().describe("The word that the device says, such as ON or open."),
    for: forHowLong,
  }),
  measure: z.strictObject({
    ...measured,
    hysteresis: z
      .number()
      .min(0)
      .default(0)
      .describe("By how much the number must leave its bounds before it can set the rule off again. Default: 0."),
    for: forHowLong,
  }),
  time: z.strictObject({ time: clockTime.describe("A time of day, such as 16:30, where the house is.") }),
  cron: z.strictObject({
    cron: z.string().describe("Times as cron has them: minute, hour, day, month and weekday, such as 0 7 * * mon-fri."),
  }),
  sun: z.strictObject({
    sun: z.enum(sunMoments).describe("What the sun does; dawn and dusk are when it is 6° below the horizon."),
    offset: offset.default(0).describe("How much later, or with a minus sign earlier, such as -15m. Default: 0s."),
  }),
  topic: z.strictObject({
    topic: topic("A topic on which a message comes. Messages that the broker has kept do not count."),
    payload: z
      .union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.json())])
      .optional()
      .describe(
        "The text that the message must be; or one value of its JSON, such as {action: single}. Default: any message.",
      ),
  }),
  broker: z.strictObject({
    broker: onlineOrOffline.describe("The connection to the broker is lost, or there again."),
    for: forHowLong,
  }),
  agent: z.strictObject({ agent: z.literal("start").describe("The agent has started.") }),
} as const;
