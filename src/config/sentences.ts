import type * as z from "zod";
import type { SourceDocument } from "./document.ts";
import { type Path, pathText } from "./path.ts";
import type { Problem } from "./problem.ts";
import { didYouMean } from "./suggest.ts";

/** What may stand below one key, for what a user mistyped or forgot. */
export interface Surroundings {
  /** Where the checked value stands in the file. */
  readonly path: Path;
  /** What it is, as in "there is no option "pni" for a relay". */
  readonly called: string;
  readonly knownKeys: readonly string[];
  /** Values that work, by key. */
  readonly example: Readonly<Record<string, unknown>>;
}

const secrets = ["username", "password"];
const shownCharacters = 60;

/** The words for what zod found, where the schema has none of its own: a clause that follows the user's value. */
export function clause(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `is not ${typeName(String(issue["expected"]))}`;
    case "invalid_value": {
      const values = (issue["values"] as readonly unknown[]).map(String);
      return `is none of ${values.join(", ")}${didYouMean(String(issue.input), values)}`;
    }
    case "too_small":
      return `is too small; write at least ${issue["minimum"]}`;
    case "too_big":
      return `is too large; write at most ${issue["maximum"]}`;
    default:
      return "is not understood";
  }
}

function typeName(expected: string): string {
  switch (expected) {
    case "boolean":
      return "true or false";
    case "number":
    case "int":
      return "a number";
    case "string":
      return "text; put it in quotes";
    case "array":
      return "a list; write it as [1, 2]";
    default:
      return "a group of settings; write them on lines of their own below it, indented";
  }
}

/** Turns what zod found into problems with places and sentences. */
export function toProblems(issue: z.core.$ZodIssue, source: SourceDocument, around: Surroundings): Problem[] {
  const path = [...around.path, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => {
      const keyPath = [...path, key];
      const advice = didYouMean(key, around.knownKeys) || `; there are ${around.knownKeys.join(", ")}`;
      const sentence = `there is no option "${key}" for ${around.called}${advice}`;
      return { path: pathText(keyPath), place: source.placeOfKey(keyPath), sentence };
    });
  const written = source.writtenValue(path);
  if (written === undefined)
    return [{ path: pathText(path), place: source.placeOfKey(path), sentence: `is missing${toAdd(path, around)}` }];
  if (written === "" || written === "~" || written === "null") {
    const sentence = `has no value${toAdd(path, around)}`;
    return [{ path: pathText(path), place: source.placeOfKey(path), sentence }];
  }
  return [
    { path: pathText(path), place: source.placeOfValue(path), sentence: `${quoted(path, written)} ${issue.message}` },
  ];
}

function toAdd(path: Path, { example }: Surroundings): string {
  const key = String(path.at(-1));
  return example[key] === undefined
    ? "; write one or remove the line"
    : `; write "${key}: ${example[key]}", for example`;
}

/** The user's value in quotes, unless it is a secret or too long to be of help. */
export function quoted(path: Path, written: string): string {
  if (secrets.includes(String(path.at(-1)))) return "this value";
  const line = written.replace(/\s+/g, " ").replace(/\/\/[^@/\s]*@/, "//…@");
  return `"${line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line}"`;
}
