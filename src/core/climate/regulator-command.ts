import {
  type CommandField,
  type CommandSchema,
  misunderstood,
  objectReader,
  plainNumber,
  plainWord,
  understood,
  Wrong,
} from "../command.ts";
import { noPreset, presetNames } from "./presets.ts";
import { modesOf, outputsOf, type RegulatorDefinition, type RegulatorOptions } from "./regulator-definition.ts";

/** A command to a regulator, understood: at least one of its values. */
export interface RegulatorCommand {
  readonly mode?: string;
  readonly target?: number;
  readonly preset?: string;
}

/**
 * A command to a regulator: a mode as a word, or JSON such as `{"mode":"heat","target":21.5}` or `{"preset":"away"}`. `on` and `auto` are
 * the widest mode that there is, as Home Assistant takes them where a thermostat has no own meaning for them.
 */
export function regulatorCommand(
  definition: RegulatorDefinition,
  options: RegulatorOptions,
): CommandSchema<RegulatorCommand> {
  const presets = presetNames(options.presets);
  const example = `say {"mode":"off"} or {"target":${definition.defaults.target + 1}}`;
  const fields: Record<string, CommandField<string | number>> = {
    mode: modeField(Object.keys(modesOf(definition, outputsOf(definition, options)))),
    target: targetField(definition, options),
    ...(presets.length > 0 && { preset: presetField(presets) }),
  };
  const readObject = objectReader(
    fields,
    (key) => `there is no "${key}" in a command to a ${definition.kind}; ${example}`,
  );
  return {
    safeParse(sent) {
      if (Array.isArray(sent)) return misunderstood([example]);
      const { values, problems } = readObject(typeof sent === "object" && sent !== null ? sent : { mode: sent });
      if (problems.length > 0) return misunderstood(problems);
      const { target, preset = noPreset } = values;
      if (Object.keys(values).length === 0) return misunderstood([example]);
      if (target !== undefined && preset !== noPreset)
        return misunderstood([`the preset ${preset} has a target of its own; say preset or target, not both`]);
      return understood(values as RegulatorCommand);
    },
  };
}

function modeField(modes: readonly string[]): CommandField<string> {
  const widest = modes.at(-1) ?? "";
  const words = new Map([["on", widest], ["auto", widest], ...modes.map((one) => [one, one] as const)]);
  const others = modes.includes("on") ? modes.join(" or ") : `${modes.join(", ")}, or on for ${widest}`;
  return {
    keys: ["mode"],
    read: (sent) => words.get(plainWord(sent)) ?? new Wrong(`say ${others}`),
  };
}

function presetField(presets: readonly string[]): CommandField<string> {
  return {
    keys: ["preset"],
    read(sent) {
      const word = plainWord(sent);
      return presets.includes(word) ? word : new Wrong(`preset is one of ${presets.join(", ")}`);
    },
  };
}

/** A target with the digits that its kind has. */
function targetField(
  { quantity: { unit }, defaults: { target: usual, digits } }: RegulatorDefinition,
  { min_target: min, max_target: max }: RegulatorOptions,
): CommandField<number> {
  const example = (usual + 1.5).toFixed(digits);
  return {
    keys: ["target"],
    read(sent) {
      const target = plainNumber(sent);
      if (target === undefined || Number.isNaN(target))
        return new Wrong(`target is a number in ${unit}, such as ${example}`);
      if (target < min || target > max) return new Wrong(`target is from ${min} to ${max} ${unit}`);
      // Adding 0 turns -0 into 0.
      return Number(target.toFixed(digits)) + 0;
    },
  };
}
