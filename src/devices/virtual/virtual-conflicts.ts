import { limitsOf, type VirtualOptions, virtualCommand } from "./virtual-command.ts";

/** The options that only one type has. */
const typeOf = {
  min_value: "number",
  max_value: "number",
  step: "number",
  unit: "number",
  device_class: "number",
  mode: "number",
  options: "select",
} as const;

/** All options that are checked, as they are written. */
export type WrittenVirtual = VirtualOptions & Partial<Readonly<Record<keyof typeof typeOf | "initial_value", unknown>>>;

/** What does not go together in the options of a virtual device, by the option that is wrong. */
export function virtualConflicts(written: WrittenVirtual): Partial<Record<keyof WrittenVirtual, string>> {
  const { type } = written;
  const strange = Object.entries(typeOf).filter(
    ([option, of]) => of !== type && written[option as "unit"] !== undefined,
  );
  const foreign = Object.fromEntries(
    strange.map(([option, of]) => [option, `is for type: ${of}, and this is a ${type}; remove it`]),
  );
  const own = type === "select" ? optionsProblem(written.options) : type === "number" ? limitsProblem(written) : {};
  if (Object.keys(foreign).length + Object.keys(own).length > 0) return { ...foreign, ...own };
  return initialProblem(written);
}

function limitsProblem(options: VirtualOptions): Partial<Record<"min_value" | "step", string>> {
  const { min, max, step } = limitsOf(options);
  if (min >= max) return { min_value: `is not below max_value, which is ${max}; make it less` };
  return step > max - min ? { step: `is more than the whole way from ${min} to ${max}; make it less` } : {};
}

function optionsProblem(options: VirtualOptions["options"]): Partial<Record<"options", string>> {
  if (options === undefined) return { options: "is missing; write what there is to choose, as in [home, away]" };
  const words = options.map((option) => option.toLowerCase());
  const twice = options.find((_option, index) => words.indexOf(words[index] ?? "") < index);
  if (twice !== undefined) return { options: `has "${twice}" twice, where large and small letters are the same` };
  // Home Assistant takes this word for no choice (components/mqtt/select.py).
  return words.includes("none")
    ? { options: 'has "none", which Home Assistant takes for no choice; use another word' }
    : {};
}

function initialProblem(written: WrittenVirtual): Partial<Record<"initial_value", string>> {
  const { type, initial_value: initial } = written;
  if (initial === undefined) return {};
  if (type === "switch" && !/^(?:on|off)$/i.test(String(initial)))
    return { initial_value: "is not on or off; write one of them" };
  const result = virtualCommand(written).safeParse(initial);
  if (result.success) return {};
  const { min, max } = limitsOf(written);
  return {
    initial_value:
      type === "number"
        ? `is not a number from ${min} to ${max}; change it, or the limits`
        : `is none of the options, which are ${written.options?.join(", ")}`,
  };
}
