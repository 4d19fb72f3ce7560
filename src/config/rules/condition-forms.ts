import * as z from "zod";
import { weekdays } from "../../core/rules/condition.ts";
import { clockTime, deviceId, measured, onlineOrOffline, secondsOf } from "./rule-words.ts";

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
