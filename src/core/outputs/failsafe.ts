import * as z from "zod";
import { link } from "../link.ts";
import { topic } from "../messages/topic.ts";
import { duration } from "../time/duration.ts";

/** Why an output goes to its fail-safe state. Each is the name of the option that asks for it. */
export const failSafeReasons = ["after_offline", "after_silence", "on_controller_lost", "stale_sensor"] as const;

/** See {@link failSafeReasons}. */
export type FailSafeReason = (typeof failSafeReasons)[number];

const controllerTopic = topic("The topic on which the controller, or its last will, says how it is.");

const controller = z
  .union(
    [
      controllerTopic,
      z.strictObject({
        topic: controllerTopic,
        payload: z
          .string({ error: "is not text; put it in quotes" })
          .min(1, { error: "is empty; write the text that says that the controller is gone" })
          .default("offline")
          .describe("The text that says that the controller is gone. Default: offline."),
        after: duration({ min: "0s", max: "30d" })
          .default(0)
          .describe("How long the controller may be gone, so that a restart of it changes nothing. Default: 0s."),
      }),
    ],
    { error: "is not a topic; write one, such as homeassistant/status, or a group of topic, payload and after" },
  )
  .transform((written) => (typeof written === "string" ? { topic: written, payload: "offline", after: 0 } : written));

/** The option `failsafe` of every kind with outputs. */
export const failSafeOption = z
  .strictObject({
    state: z
      .enum(["off", "on", "keep"])
      .default("off")
      .describe("What the output does then; keep moves nothing and only tells. Default: off."),
    after_offline: duration({ min: "1s", max: "30d" })
      .optional()
      .describe("How long there may be no broker, also over restarts of the agent. Default: for ever."),
    after_silence: duration({ min: "1s", max: "30d" })
      .optional()
      .describe("How long no command may come, also over restarts of the agent. Default: for ever."),
    on_controller_lost: controller
      .optional()
      .describe(
        "The topic on which a controller says that it is gone, such as homeassistant/status, or a group of topic, payload and after. Default: none.",
      ),
    stale_sensor: link(
      "A measure of this agent, such as office-climate.temperature: while it is stale or its sensor has failed, the output stays in its fail-safe state. Default: none.",
      "measure",
    ).optional(),
    on_exit: z
      .enum(["off", "on", "keep"])
      .optional()
      .describe(
        "The same as on_exit of the device: what the output does when the agent stops. Default: as on_exit says.",
      ),
    resume: z
      .boolean()
      .default(false)
      .describe(
        "True to go on as before when the reason is gone and nobody has commanded anything meanwhile. Default: false.",
      ),
  })
  .describe(
    "What the output does when the broker, the controller or a sensor is gone: state, and after_offline, after_silence, on_controller_lost or stale_sensor. Default: nothing.",
  );

/** The fail-safe of one device's outputs. Times are in milliseconds; undefined: that is no reason. */
export interface FailSafeSettings {
  readonly state: "off" | "on" | "keep";
  readonly afterOfflineMs?: number | undefined;
  readonly afterSilenceMs?: number | undefined;
  /** `payload` on `topic` says that the controller is gone. */
  readonly controller?: { readonly topic: string; readonly payload: string; readonly afterMs: number } | undefined;
  /** The measure as it is written in devices.yaml. */
  readonly sensor?: string | undefined;
  /** Whether the output goes on as before when the reasons are gone. */
  readonly resume: boolean;
}

/** Makes the settings of the checked option. Undefined if it names no reason. */
export function failSafeSettings(written: z.output<typeof failSafeOption> | undefined): FailSafeSettings | undefined {
  if (written === undefined || failSafeReasons.every((reason) => written[reason] === undefined)) return undefined;
  const { state, after_offline, after_silence, on_controller_lost: lost, stale_sensor, resume } = written;
  return {
    state,
    afterOfflineMs: after_offline,
    afterSilenceMs: after_silence,
    ...(lost && { controller: { topic: lost.topic, payload: lost.payload, afterMs: lost.after } }),
    sensor: stale_sensor,
    resume,
  };
}
