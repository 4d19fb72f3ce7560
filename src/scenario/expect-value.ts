import type { WantedValue, WantedValues } from "../core/simulation/scenario.ts";
import { isMapping } from "../yaml/is-mapping.ts";
import type { Path } from "../yaml/path.ts";
import type { ScenarioChecks } from "./checks.ts";

/** The parts of a state's JSON Schema that say how the state can be written. */
export interface StateSchema {
  readonly enum?: readonly string[];
  readonly anyOf?: readonly StateSchema[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Whether each of the values is right. */
export function isWhole(values: Readonly<Record<string, WantedValue | undefined>>): values is WantedValues {
  return !Object.values(values).includes(undefined);
}

/** The words that a value can be, if its schema lists them. Null may be among them. */
export function wordsOf({ enum: words, anyOf = [] }: StateSchema): readonly string[] | undefined {
  return words ?? anyOf.find(({ enum: some }) => some !== undefined)?.enum;
}

/** The values that a group can have, if its schema lists them. The value may be null instead. */
export function propertiesOf({ properties, anyOf = [] }: StateSchema): StateSchema["properties"] {
  const all = [properties, ...anyOf.map((one) => propertiesOf(one))].filter((some) => some !== undefined);
  return all.length === 0 ? undefined : Object.assign({}, ...all);
}

/** Checks one value: a plain value, null for what is not known, a group, or a list of the lowest and the highest number. */
export function checkValue(
  written: unknown,
  schema: StateSchema,
  path: Path,
  checks: ScenarioChecks,
): WantedValue | undefined {
  if (written === null) return written;
  const words = wordsOf(schema);
  if (words !== undefined) {
    const word = words.find((one) => one.toLowerCase() === String(written).toLowerCase());
    if (word === undefined) checks.refuseWord(path, words);
    return word;
  }
  if (typeof written === "number" || typeof written === "string" || typeof written === "boolean") return written;
  const properties = propertiesOf(schema);
  if (isMapping(written) && properties !== undefined) {
    const known = checks.known(path, written, Object.keys(properties), "this value");
    const values = Object.fromEntries(
      Object.entries(known).map(([name, value]) => [
        name,
        checkValue(value, properties[name] as StateSchema, [...path, name], checks),
      ]),
    );
    return isWhole(values) ? { values } : undefined;
  }
  if (Array.isArray(written) && written.length === 2) {
    const [from, to] = written;
    if (typeof from === "number" && typeof to === "number" && from <= to) return { from, to };
  }
  checks.refuse(path, `${checks.written(path)} is not a value; write one, or the lowest and the highest, as [20, 25]`);
  return undefined;
}
