import * as z from "zod";

/** The word for no preset: the own target counts. Home Assistant has the same word for it and lets no preset be called so. */
export const noPreset = "none";

const notAName = `is not the name of a preset; write it with lower-case letters, digits and _, and not ${noPreset}`;

/** The option `presets`: a target for each name. */
export function presetsOption(target: z.ZodNumber, description: string) {
  return z
    .record(z.string(), target, {
      error: ({ input }) =>
        Array.isArray(input) ? "is a list; write a target for each name, as in {away: 16, night: 18}" : undefined,
    })
    .superRefine((presets, context) => {
      const keys = Object.keys(presets).filter((name) => !/^[a-z][a-z0-9_]*$/.test(name) || name === noPreset);
      if (keys.length > 0) context.addIssue({ code: "unrecognized_keys", keys, message: notAName, input: presets });
    })
    .optional()
    .describe(`${description} Default: none.`);
}

/** All that may be chosen, the word for no preset first; nothing where there are no presets. */
export function presetNames(presets: Readonly<Record<string, number>> | undefined): readonly string[] {
  const names = Object.keys(presets ?? {});
  return names.length > 0 ? [noPreset, ...names] : [];
}
