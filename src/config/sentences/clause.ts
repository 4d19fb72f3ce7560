import type * as z from "zod";
import { didYouMean, didYouMeanOneOf } from "../../yaml/suggest.ts";
import { trueOrFalse } from "./true-or-false.ts";

/** What is said of a value of which nothing better is known. */
export const notUnderstood = "is not understood";

/** What is said of all groups and lists. Where there is an example, that says it better. */
export const generalAdvice = [
  "take the dashes or the brackets away",
  "write them on lines of their own below it, indented",
  "write it as [1, 2]",
] as const;

/** The clause after "the settings" if they are written as a list and not as a group. */
export const asList = `are written as a list; ${generalAdvice[0]}`;

/** A list of more words than this is too long to be read in a message. */
export const mostWords = 14;

/** The clause for an issue of zod whose schema has no message of its own. It follows the user's value in the sentence. */
export function clause(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return typeSentence(String(issue["expected"]), issue.input);
    case "invalid_value": {
      const values = (issue["values"] as readonly unknown[]).map(String);
      return wrongWord(issue.input, values);
    }
    case "too_small":
      return `is too small; write ${issue["inclusive"] === false ? "more than" : "at least"} ${issue["minimum"]}`;
    case "too_big":
      return `is too large; write ${issue["inclusive"] === false ? "less than" : "at most"} ${issue["maximum"]}`;
    default:
      return notUnderstood;
  }
}

function wrongWord(input: unknown, words: readonly string[]): string {
  const written = String(input);
  // Only a number or true and false can be among the words as a text and be wrong.
  if (words.includes(written)) return `is text; write ${written} without quotes`;
  if (words.length <= mostWords) return `is none of ${words.join(", ")}${didYouMean(written, words)}`;
  const guess = didYouMean(written, words) || didYouMeanOneOf(written, words);
  return guess === ""
    ? `is none of ${words.slice(0, mostWords).join(", ")} and others`
    : `is none of the ${words.length} words that it can be${guess}`;
}

function typeSentence(expected: string, input: unknown): string {
  if (expected === "boolean") return `is not true or false${trueOrFalse(input)}`;
  if (expected === "string" && typeof input === "object") return "is not text; write a word";
  const isGroup = expected === "object" || expected === "record";
  return isGroup && Array.isArray(input) ? `is a list; ${generalAdvice[0]}` : `is not ${typeName(expected)}`;
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
      return `a list; ${generalAdvice[2]}`;
    default:
      return `a group of settings; ${generalAdvice[1]}`;
  }
}
