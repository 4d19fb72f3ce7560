import * as z from "zod";

/** Whether something is there. */
export const onlineOrOffline = z.enum(["online", "offline"]);
/** An option that names a device of this agent. */
export const deviceId = z.string().describe("The id of a device.");

/** A number that a device says, and where it must be. */
export const measured = {
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

/** A time of day, such as `16:30` or `16:30:15`. */
export const clockTime = z
  .string({ error: 'is not a time; write it in quotes, such as "16:30"' })
  .regex(/^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, { error: 'is not a time; write hours and minutes, such as "16:30"' })
  .meta({ examples: ["16:30"] });

/** A time of day in seconds since midnight. Undefined if there is none. */
export function secondsOf(time: string | undefined): number | undefined {
  const [hours = 0, minutes = 0, seconds = 0] = (time ?? "").split(":").map(Number);
  return time === undefined ? undefined : (hours * 60 + minutes) * 60 + seconds;
}
