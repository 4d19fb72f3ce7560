import { modesOf, outputsOf, type RegulatorDefinition, type RegulatorOptions } from "./regulator-definition.ts";

/** What of the options does not go together, by the option that is wrong: a clause that says what to do. */
export function regulatorConflicts(
  definition: RegulatorDefinition,
  options: RegulatorOptions,
): Readonly<Record<string, string>> {
  return {
    ...outputConflicts(definition, options),
    ...targetConflicts(definition, options),
    ...frostConflicts(definition, options),
    ...needs(options),
  };
}

function outputConflicts(definition: RegulatorDefinition, options: RegulatorOptions): Record<string, string> {
  const { raise, lower } = definition.outputs;
  const chosen = outputsOf(definition, options);
  const modes = Object.keys(modesOf(definition, chosen));
  const { fan, mode, window } = options;
  const isBoth = chosen.raise !== undefined && chosen.raise === chosen.lower;
  const outputOf = (device: string | undefined) =>
    device === undefined
      ? undefined
      : [raise, lower].find((_, at) => [chosen.raise, chosen.lower][at] === device)?.option;
  const fanOf = outputOf(fan);
  const windowOf = outputOf(window) ?? (window !== undefined && window === fan ? "fan" : undefined);
  return {
    ...(modes.length === 1 && {
      [raise.option]: `is missing, and so is ${lower.option}; name the output that ${raise.does} or ${lower.does}`,
    }),
    ...(isBoth && { [lower.option]: `is the ${raise.option} too; name another output` }),
    ...(fanOf && { fan: `is the ${fanOf} too; name another output` }),
    ...(windowOf && { window: `is the ${windowOf} too; name the contact of the window` }),
    ...(modes.length > 1 && !modes.includes(mode) && { mode: `needs other outputs; write one of ${modes.join(", ")}` }),
  };
}

function targetConflicts({ needsRange }: RegulatorDefinition, options: RegulatorOptions): Record<string, string> {
  const { target, min_target: min, max_target: max, presets = {} } = options;
  const isOutside = (value: number) => value < min || value > max;
  if (min === max && needsRange === true)
    return { min_target: "is the same as max_target; make it less, or max_target more" };
  if (min > max) return { min_target: `is above max_target, which is ${max}; exchange them` };
  const [wrong] = Object.entries(presets).filter(([, value]) => isOutside(value));
  return {
    ...(isOutside(target) && { target: `is not from ${min} to ${max}; change it, or the limits` }),
    ...(wrong && {
      presets: `has ${wrong[0]} at ${wrong[1]}, which is not from ${min} to ${max}; change it, or the limits`,
    }),
  };
}

function frostConflicts(definition: RegulatorDefinition, options: RegulatorOptions): Record<string, string> {
  const { frost_protection: frost, min_target: min } = options;
  const { raise, lower } = outputsOf(definition, options);
  if (frost === undefined) return {};
  if (raise === undefined)
    return { frost_protection: `needs a ${definition.outputs.raise.option}; name one, or remove the line` };
  if (lower === undefined || frost < min) return {};
  const both = `${definition.outputs.raise.option} and ${definition.outputs.lower.option}`;
  return { frost_protection: `is not below min_target, which is ${min}; else ${both} could work against each other` };
}

/** Options that mean nothing without another one. */
function needs(options: RegulatorOptions): Record<string, string> {
  const { control, window, fan } = options;
  const alone = (has: boolean, advice: string, names: readonly (keyof RegulatorOptions)[]) =>
    has ? [] : names.filter((name) => options[name] !== undefined).map((name) => [name, advice] as const);
  return Object.fromEntries([
    ...alone(control === "pwm", 'means nothing without pwm; write "control: pwm", or remove the line', [
      "pwm_period",
      "proportional_band",
      "integral_time",
    ]),
    ...alone(window !== undefined, "means nothing without a window; name its contact, or remove the line", [
      "window_delay",
    ]),
    ...alone(fan !== undefined, "means nothing without a fan; name its output, or remove the line", ["fan_run_on"]),
  ]);
}
