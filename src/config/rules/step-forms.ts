import * as z from "zod";
import { topic } from "../../core/messages/topic.ts";
import { duration } from "../../core/time/duration.ts";
import { deviceId } from "./rule-words.ts";

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
