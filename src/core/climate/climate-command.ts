import { type CommandSchema, misunderstood, objectReader, plainNumber, understood, Wrong } from "../command.ts";

/** What a thermostat may be told to do, in Home Assistant's words; `heat_cool` does whichever is needed. */
export const climateModes = ["off", "heat", "cool", "heat_cool"] as const;

/** One of {@link climateModes}. */
export type ClimateMode = (typeof climateModes)[number];

/** What is there to change the temperature; undefined: there is none. */
export interface ClimateOutputs {
  readonly heater?: string | undefined;
  readonly cooler?: string | undefined;
}

/** The modes that these outputs allow, the widest last. */
export function modesOf({ heater, cooler }: ClimateOutputs): readonly ClimateMode[] {
  const needs = { off: true, heat: heater, cool: cooler, heat_cool: heater && cooler };
  return climateModes.filter((mode) => needs[mode] !== undefined);
}

/** A command to a thermostat, understood: at least one of the two. */
export interface ClimateCommand {
  readonly mode?: ClimateMode;
  /** In °C. */
  readonly target?: number;
}

/** What a thermostat's commands depend on. */
export interface ClimateLimits extends ClimateOutputs {
  readonly min_target: number;
  readonly max_target: number;
}

const example = 'say {"mode":"off"} or {"target":21}';

/**
 * A command to a thermostat: a mode as a word, or JSON such as `{"mode":"heat","target":21.5}`. `on` and `auto` are the widest mode that
 * there is, as Home Assistant takes them where a thermostat has no own meaning for them.
 */
export function climateCommand(options: ClimateLimits): CommandSchema<ClimateCommand> {
  const modes = modesOf(options);
  const widest = modes.at(-1) ?? "off";
  const words = new Map<string, ClimateMode>([
    ["on", widest],
    ["auto", widest],
    ...modes.map((one) => [one, one] as const),
  ]);
  const mode = {
    keys: ["mode"],
    read: (sent: unknown) =>
      words.get(typeof sent === "object" ? "" : String(sent).trim().toLowerCase()) ??
      new Wrong(`say ${modes.join(", ")}, or on for ${widest}`),
  };
  const { min_target: min, max_target: max } = options;
  const target = { keys: ["target"], read: (sent: unknown) => readTarget(sent, min, max) };
  const readObject = objectReader(
    { mode, target },
    (key) => `there is no "${key}" in a command to a thermostat; ${example}`,
  );
  return {
    safeParse(sent) {
      if (Array.isArray(sent)) return misunderstood([example]);
      const { values, problems } = readObject(typeof sent === "object" && sent !== null ? sent : { mode: sent });
      if (problems.length > 0) return misunderstood(problems);
      return values.mode === undefined && values.target === undefined ? misunderstood([example]) : understood(values);
    },
  };
}

/** A target in °C, to a tenth of a degree. */
function readTarget(sent: unknown, min: number, max: number): number | Wrong {
  const target = plainNumber(sent);
  if (target === undefined || Number.isNaN(target)) return new Wrong("target is a number in °C, such as 21.5");
  if (target < min || target > max) return new Wrong(`target is from ${min} to ${max} °C`);
  // Adding 0 turns -0 into 0.
  return Number(target.toFixed(1)) + 0;
}
