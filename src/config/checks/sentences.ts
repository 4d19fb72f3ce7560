import type * as z from "zod";
import { type Path, pathText } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";
import { quoted, shownPath } from "../../yaml/shown.ts";
import { didYouMean, didYouMeanPartOf } from "../../yaml/suggest.ts";
import type { WrittenSource } from "../../yaml/written-source.ts";
import { trueOrFalse } from "./true-or-false.ts";

/** What is allowed below one key. It is needed to explain misspelt and missing keys. */
export interface Surroundings {
  /** The path of the checked value. */
  readonly path: Path;
  /** What it is, for a sentence such as "there is no option "pni" for a relay". */
  readonly called: string;
  readonly knownKeys: readonly string[];
  /** Example values by key. They are valid. */
  readonly example: Readonly<Record<string, unknown>>;
}

const notUnderstood = "is not understood";

/** The clause for an issue of zod whose schema has no message of its own. It follows the user's value in the sentence. */
export function clause(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return typeSentence(String(issue["expected"]), issue.input);
    case "invalid_value": {
      const values = (issue["values"] as readonly unknown[]).map(String);
      return `is none of ${values.join(", ")}${didYouMean(String(issue.input), values)}`;
    }
    case "too_small":
      return `is too small; write ${issue["inclusive"] === false ? "more than" : "at least"} ${issue["minimum"]}`;
    case "too_big":
      return `is too large; write ${issue["inclusive"] === false ? "less than" : "at most"} ${issue["maximum"]}`;
    default:
      return notUnderstood;
  }
}

/** The clause after "the settings" if they are written as a list and not as a group. */
export const asList = "are written as a list; take the dashes or the brackets away";

function typeSentence(expected: string, input: unknown): string {
  if (expected === "boolean") return `is not true or false${trueOrFalse(input)}`;
  if (expected === "string" && typeof input === "object") return "is not text; write a word";
  const isGroup = expected === "object" || expected === "record";
  return isGroup && Array.isArray(input)
    ? "is a list; take the dashes or the brackets away"
    : `is not ${typeName(expected)}${asNumber(expected, input)}`;
}

/** What to write in place of a number with a unit or a comma, such as 3ms or 21,5. The text is not repeated, as it may be secret. */
function asNumber(expected: string, input: unknown): string {
  if ((expected !== "number" && expected !== "int") || typeof input !== "string") return "";
  if (/^\s*0x[\da-f]+\s*$/i.test(input)) return "; write it without quotes";
  if (/^\s*[-+]?\d+,\d+\s*$/.test(input)) return "; write it with a point, as in 21.5";
  return /^\s*[-+]?\d+(\.\d+)?\s*[^\d\s.,]/.test(input) ? "; write it without a unit" : "";
}

function typeName(expected: string): string {
  switch (expected) {
    case "number":
      return "a number";
    case "int":
      return "a whole number";
    case "string":
      return "text; put it in quotes";
    case "array":
      return "a list; write it as [1, 2]";
    default:
      return "a group of settings; write them on lines of their own below it, indented";
  }
}

/** Makes problems, with places and sentences, of an issue of zod. */
export function toProblems(issue: z.core.$ZodIssue, source: WrittenSource, around: Surroundings): Problem[] {
  const meant = issue.code === "invalid_union" ? meantIssues(issue) : [];
  if (meant.length > 0) return meant.flatMap((one) => toProblems(one, source, around));
  const path = [...around.path, ...issue.path];
  if (issue.code === "unrecognized_keys" && issue.path.length > 0 && issue.message !== notUnderstood)
    return issue.keys.map((key) => wrongKey([...path, key], issue.message, source));
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...path, key], source, around));
  const written = source.writtenValue(path);
  if (written === undefined)
    return [
      {
        path: pathText(path),
        place: source.placeOfKey(path),
        sentence: `is missing${toAdd(path, around)}`,
        isAbsent: true,
      },
    ];
  if (written === "" || written === "~" || written === "null") {
    const sentence = `has no value${toAdd(path, around)}`;
    return [{ path: pathText(path), place: source.placeOfKey(path), sentence }];
  }
  return [
    { path: pathText(path), place: source.placeOfValue(path), sentence: `${quoted(path, written)} ${issue.message}` },
  ];
}

/**
 * What is wrong with a value that may have one of several forms, in the form in which it is written: the first one whose type is right.
 * Where it has none of these types, the option's own sentence says so, or else that of the first form.
 */
function meantIssues({ errors, path, message }: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] {
  const isOfItsType = (issues: readonly z.core.$ZodIssue[]) =>
    !issues.some(
      (issue) => issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value"),
    );
  const meant = errors.find(isOfItsType) ?? (message === notUnderstood ? errors[0] : []);
  return (meant ?? []).map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

/** A key below an option, of which the option's own schema says what is wrong. */
function wrongKey(path: Path, clause: string, source: WrittenSource): Problem {
  const [said = "", names] = clause.split("; there are ");
  const guess = names === undefined ? "" : didYouMean(String(path.at(-1)), names.split(", "));
  return {
    path: pathText(shownPath(path)),
    place: source.placeOfKey(path),
    sentence: `"${String(path.at(-1))}" ${guess === "" ? clause : said + guess}`,
  };
}

function unknownKey(path: Path, source: WrittenSource, { called, knownKeys }: Surroundings): Problem {
  const key = String(path.at(-1));
  if (key === "id" && path.length === 3 && path[0] === "devices") {
    const sentence = `the id of a device is the key above its settings, here "${String(path[1])}"; remove this line`;
    return { path: pathText(path), place: source.placeOfKey(path), sentence };
  }
  const guess = didYouMeanPartOf(key, knownKeys) || didYouMean(key, knownKeys);
  const advice = guess || `; there are ${knownKeys.join(", ")}`;
  // A key of the broker without a value may be a value itself, such as a password: {url: mqtt://a, hunter2}. So it is not shown.
  const isValue = path[0] === "broker" && guess === "" && !source.writtenValue(path);
  const shown = isValue ? [...path.slice(0, -1), "…"] : shownPath(path);
  const sentence =
    shown.at(-1) === "…"
      ? `there is no such option for ${called}; write "option: value", with a space after the colon${advice}`
      : `there is no option "${key}" for ${called}${advice}`;
  return { path: pathText(shown), place: source.placeOfKey(path), sentence };
}

function toAdd(path: Path, { example }: Surroundings): string {
  const key = String(path.at(-1));
  const value = example[key];
  if (value === undefined) return "; write one or remove the line";
  return `; write "${key}: ${typeof value === "object" ? JSON.stringify(value) : value}", for example`;
}
