import { type CommandSchema, misunderstood, objectReader, plainNumber, understood, Wrong } from "../../core/command.ts";
import { type SwitchCommand, stateField } from "../../core/switching.ts";

/** What decides about the values that a virtual device can have. */
export interface VirtualOptions {
  readonly type: "switch" | "number" | "select";
  readonly min_value?: number | undefined;
  readonly max_value?: number | undefined;
  readonly step?: number | undefined;
  readonly options?: readonly string[] | undefined;
}

/** The value that is wanted: a word of a switch, a number or one of the options. */
export interface VirtualCommand {
  readonly value: SwitchCommand["state"] | number | string;
}

/** The limits of a number, with what holds where nothing is written, as in Home Assistant. */
export function limitsOf({ min_value: min = 0, max_value: max = 100, step = 1 }: VirtualOptions) {
  return { min, max, step };
}

/** The number on the nearest step, counted from the lowest; to a millionth, since 0.1 three times is not 0.3 for a computer. */
function onStep(number: number, { min, max, step }: ReturnType<typeof limitsOf>): number {
  const most = Math.floor(Number(((max - min) / step).toFixed(6)));
  const steps = Math.min(most, Math.round(Number(((number - min) / step).toFixed(6))));
  return Number((min + steps * step).toFixed(6)) + 0;
}

function numberReader(options: VirtualOptions) {
  const limits = limitsOf(options);
  const { min, max } = limits;
  const sentence = `say a number from ${min} to ${max}`;
  return (sent: unknown) => {
    const number = plainNumber(sent);
    return number !== undefined && number >= min && number <= max ? onStep(number, limits) : new Wrong(sentence);
  };
}

function optionReader({ options = [] }: VirtualOptions) {
  return (sent: unknown) => {
    const word = typeof sent === "string" || typeof sent === "number" ? String(sent).trim().toLowerCase() : undefined;
    return options.find((option) => option.toLowerCase() === word) ?? new Wrong(`say one of ${options.join(", ")}`);
  };
}

/**
 * A command to a virtual device: its value as a word or a number, or as JSON such as `{"value":21.5}`. A switch takes the words of all
 * switches, also as `{"state":"ON"}`. A number goes to the nearest step. An option may be written in any case.
 */
export function virtualCommand(options: VirtualOptions): CommandSchema<VirtualCommand> {
  const { type } = options;
  const ofSwitch = stateField();
  const read = { switch: ofSwitch.read, number: numberReader(options), select: optionReader(options) }[type];
  const example = type === "switch" ? 'say {"state":"ON"}' : 'say {"value":…}';
  const readObject = objectReader(
    { value: { keys: type === "switch" ? ["value", ...ofSwitch.keys] : ["value"], read } },
    (key) => `there is no "${key}" in a command to a virtual ${type}; ${example}`,
  );
  return {
    safeParse(sent) {
      if (Array.isArray(sent)) return misunderstood([example]);
      const { values, problems } = readObject(typeof sent === "object" && sent !== null ? sent : { value: sent });
      if (problems.length > 0) return misunderstood(problems);
      return values.value === undefined ? misunderstood([example]) : understood({ value: values.value });
    },
  };
}
