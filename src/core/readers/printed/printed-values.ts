import * as z from "zod";
import { UserError } from "../../errors.ts";
import { type FreeMeasure, freeMeasures } from "../free-measures.ts";

/** A decimal number, or a hexadecimal one, as vcgencmd prints bits. */
const number = /^\s*(0x[0-9a-f]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/i;
/** What may not follow a number, since it would belong to it: 47 is wrong for "47,2". */
const goesOn = /^(?:[.,]?\d|x)/i;

const jsonPath = /^(?!\$[.[])(?:[^.[\]]+|\[\d+\])(?:\.[^.[\]]+|\[\d+\])*$/;

/** Where a measure stands in a text. */
const place = {
  json: z
    .string()
    .max(200)
    .regex(jsonPath, {
      error: "is no place in JSON; write keys with points and numbers in brackets, such as rooms[0].temperature",
    })
    .optional()
    .describe("Where it stands in the JSON, such as rooms[0].temperature. Default: the measure's own name."),
  after: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("The text right before its number, where that is no JSON: temp= in temp=47.2'C."),
};

/** A measure that a user has described, and where it stands in a text. */
export interface PrintedMeasure extends FreeMeasure {
  readonly json?: string | undefined;
  readonly after?: string | undefined;
}

/** The option `measures` of a kind that reads a text. */
export const printedMeasures = freeMeasures(place).optional();

/** What a kind measures whose owner has described no measure: one number. */
const oneNumber: Readonly<Record<string, PrintedMeasure>> = { value: { digits: 2 } };

/** The measures that a user has described, or the one number. */
export function describedMeasures(written: unknown): Readonly<Record<string, PrintedMeasure>> {
  return (written as Readonly<Record<string, PrintedMeasure>> | undefined) ?? oneNumber;
}

/** What does not go together in the places of the measures; undefined if nothing. */
export function placesProblem(written: unknown): string | undefined {
  const all = Object.values(describedMeasures(written));
  if (!all.some(({ after }) => after !== undefined)) return undefined;
  if (all.some(({ json }) => json !== undefined))
    return "has both json and after, and a text is either JSON or not; use one of them";
  return all.some(({ after }) => after === undefined)
    ? "says of one measure what stands before it and of another not; write after for each"
    : undefined;
}

/**
 * The numbers of the measures in a text. A measure that is not in it is NaN. Rejects with a UserError that begins with `who`, such as
 * "vcgencmd printed", when none is in it. `hide` takes out of the text what may not be shown.
 */
export function valuesIn(
  text: string,
  measures: Readonly<Record<string, PrintedMeasure>>,
  who: string,
  hide = (whole: string) => whole,
): Readonly<Record<string, number>> {
  if (text.trim() === "") throw new UserError(`${who} nothing`);
  const found = parsed(text);
  const isOne = Object.keys(measures).length === 1;
  const entries = Object.entries(measures).map(([name, measure]) => {
    const value = measure.after === undefined ? inJson(found, name, measure, isOne) : after(text, measure.after);
    return [name, value] as const;
  });
  const reasons = entries.flatMap(([, value]) => (typeof value === "string" ? [value] : []));
  if (reasons.length === entries.length)
    throw new UserError(`${who} ${shown(hide(text))}, ${reasons[0]}`, {
      hint: 'say below "measures" where each number stands, with json or after',
    });
  return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === "string" ? Number.NaN : value]));
}

/** What the text says as JSON; undefined if it is none. JSON has no undefined. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const value = numberOf(text);
    return Number.isNaN(value) ? undefined : value;
  }
}

/** The keys and numbers on the way to a place in JSON: "rooms", "0" and "temperature" for rooms[0].temperature. */
export function keysOf(path: string): readonly string[] {
  return path.split(/[.[\]]+/).filter((word) => word !== "");
}

/** The number of a measure in JSON, or a clause that says why there is none. */
function inJson(found: unknown, name: string, { json }: PrintedMeasure, isOne: boolean): number | string {
  if (found === undefined) return "which is no number and no JSON";
  if (json === undefined && typeof found !== "object")
    return isOne ? asNumber(found, "which") : "which is one value, and there are several measures";
  const path = json ?? name;
  let value: unknown = found;
  for (const key of keysOf(path)) {
    const isThere = typeof value === "object" && value !== null && Object.hasOwn(value, key);
    if (!isThere) return `in which there is no "${path}"`;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return asNumber(value, `in which "${path}"`);
}

/** A number of JSON, or one in quotes. */
function asNumber(value: unknown, what: string): number | string {
  const found = typeof value === "string" ? numberOf(value) : value;
  return typeof found === "number" && Number.isFinite(found) ? found : `${what} is no number`;
}

/** The number that stands after these words, or a clause that says why there is none. */
function after(text: string, words: string): number | string {
  const at = text.indexOf(words);
  if (at === -1) return `in which there is no "${words}"`;
  const rest = text.slice(at + words.length);
  const [all = "", digits] = number.exec(rest) ?? [];
  const value = Number(digits);
  return digits === undefined || goesOn.test(rest.slice(all.length)) || !Number.isFinite(value)
    ? `in which no number comes after "${words}"`
    : value;
}

/** The number that a text is, NaN for any other text. */
function numberOf(text: string): number {
  const trimmed = text.trim();
  const [all] = number.exec(trimmed) ?? [];
  return all === trimmed ? Number(trimmed) : Number.NaN;
}

/** The beginning of a text, for a sentence. */
function shown(text: string): string {
  const line = text.trim().replace(/\s+/g, " ");
  return line.length > 40 ? `"${line.slice(0, 40)}…"` : `"${line}"`;
}
