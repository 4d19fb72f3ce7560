import * as z from "zod";
import { topic } from "../../core/messages/topic.ts";
import { weekdays } from "../../core/rules/condition.ts";
import { ruleModes } from "../../core/rules/rule.ts";
import { sunMoments } from "../../core/rules/trigger.ts";
import { duration, parseDuration } from "../../core/time/duration.ts";
import { label } from "../schema/home-assistant.ts";

const onlineOrOffline = z.enum(["online", "offline"]);
const deviceId = z.string().describe("The id of a device.");
const forHowLong = duration({ min: "100ms", max: "30d" })
  .optional()
  .describe("How long it must be so without a break. Default: not at all.");
const waitAdvice = 'is not text; write it as a duration such as "-15m" or "1h"';

const measured = {
  measure: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_]+)?$/, {
      error: "names no measure; write a device's id, a point and its measure, such as cellar-climate.temperature",
    })
    .describe("A number that a device says: its id, a point and the name, such as cellar-climate.temperature."),
  above: z.number().optional().describe("The number must be above this."),
  below: z.number().optional().describe("The number must be below this."),
  between: z
    .tuple([z.number(), z.number()], { error: "is not a range; write the lowest and the highest, as [18, 22]" })
    .refine(([lowest, highest]) => lowest <= highest, { error: "is not a range; write the lower number first" })
    .optional()
    .describe("The number must be from the first to the second one, such as [18, 22]."),
};

const clockTime = z
  .string({ error: 'is not a time; write it in quotes, such as "16:30"' })
  .regex(/^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, { error: 'is not a time; write hours and minutes, such as "16:30"' })
  .meta({ examples: ["16:30"] });

/** A time of day in seconds since midnight. Undefined if there is none. */
export function secondsOf(time: string | undefined): number | undefined {
  const [hours = 0, minutes = 0, seconds = 0] = (time ?? "").split(":").map(Number);
  return time === undefined ? undefined : (hours * 60 + minutes) * 60 + seconds;
}

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

/** Each sort of condition, by its keys. The conditions of one group must all be so. */
export const conditionForms = {
  availability: z.strictObject({ device: deviceId, availability: onlineOrOffline.describe("What the device is.") }),
  state: z.strictObject({
    device: deviceId,
    state: z.string().describe("The word that the device has said last, such as ON."),
  }),
  measure: z.strictObject(measured),
  time: z.strictObject({
    time: z
      .strictObject({
        after: clockTime.optional().describe("From this time on."),
        before: clockTime.optional().describe("Until before this time."),
      })
      .refine(({ after, before }) => after !== undefined || before !== undefined, {
        error: "says no time; write after, before or both",
      })
      .refine(({ after, before }) => secondsOf(after) !== secondsOf(before), {
        error: "is no time at all; write two different times",
      })
      .describe("A part of the day; it may go over midnight."),
  }),
  weekday: z.strictObject({
    weekday: z
      .union([z.enum(weekdays), z.array(z.enum(weekdays)).min(1)])
      .describe("The days of the week on which it may be."),
  }),
  sun: z.strictObject({
    sun: z.enum(["above_horizon", "below_horizon"]).describe("Where the sun is, in Home Assistant's words."),
  }),
  broker: z.strictObject({ broker: onlineOrOffline.describe("Whether the agent has a connection to its broker.") }),
} as const;

/** Each step of a rule, by the key that tells it from the others. */
export const stepForms = {
  device: z.strictObject({
    device: deviceId,
    command: z
      .union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.json())])
      .describe("A command as by MQTT: a word such as on, or values such as {state: ON, on_time: 60}."),
  }),
  publish: z.strictObject({
    publish: topic("The topic of a message."),
    payload: z
      .union([z.string(), z.number(), z.boolean()])
      .default("")
      .describe("Its text. {{cellar-climate.temperature}} in it becomes that value. Default: an empty text."),
    retain: z.boolean().default(false).describe("Whether the broker keeps the message. Default: false."),
  }),
  wait: z.strictObject({
    wait: duration({ min: "100ms", max: "7d" }).describe("How long to wait before the next step, such as 2h."),
  }),
  stop: z.strictObject({
    stop: z.string().describe("The id of a rule that goes no further; it can be set off again."),
  }),
} as const;

/** What of a rule is no trigger, no condition and no step. */
export const ruleOptions = {
  name: label("What people call the rule. Default: made of the id."),
  mode: z
    .enum(ruleModes)
    .default("single")
    .describe(
      "If it is set off while it still runs: single leaves that out, restart begins anew, queued does it afterwards. Default: single.",
    ),
  enabled: z
    .boolean()
    .default(true)
    .describe("Whether the rule works at the first start. Later the last ON or OFF by MQTT counts. Default: true."),
  home_assistant: z
    .boolean()
    .default(false)
    .describe("Whether Home Assistant gets a switch for the rule. Default: false."),
};

/** The keys of a rule, in the order in which people write them. */
export const ruleKeys = ["when", "if", "then", ...Object.keys(ruleOptions)];
