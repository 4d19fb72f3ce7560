import * as z from "zod";
import { asYaml, oneLine } from "../../yaml/one-line.ts";
import { type Path, pathText } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";
import { quoted } from "../../yaml/shown.ts";
import { didYouMean, didYouMeanOneOf } from "../../yaml/suggest.ts";
import type { WrittenSource } from "../../yaml/written-source.ts";
import { clause, generalAdvice, mostWords, notUnderstood } from "./clause.ts";
import { placeIn, type Surroundings } from "./surroundings.ts";
import { unknownKey, wrongKey } from "./unknown-key.ts";
import { durationAdvice, numberAdvice } from "./written-advice.ts";

const removable = "; write one or remove the line";

/** Makes problems, with places and sentences, of an issue of zod. */
export function toProblems(issue: z.core.$ZodIssue, source: WrittenSource, around: Surroundings): Problem[] {
  const meant = issue.code === "invalid_union" ? meantIssues(issue) : [];
  if (meant.length > 0) return meant.flatMap((one) => toProblems(one, source, around));
  const path = [...around.path, ...issue.path];
  if (issue.code === "unrecognized_keys" && issue.path.length > 0 && issue.message !== notUnderstood)
    return issue.keys.map((key) => wrongKey([...path, key], issue.message, source));
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...path, key], source, around));
  if (issue.code === "invalid_key") return [wrongKey(path, issue.message, source)];
  const written = source.writtenValue(path);
  if (written === undefined) {
    const sentence = `is missing${toAdd(path, around)}`;
    return [{ path: pathText(path), place: source.placeOfKey(path), sentence, isAbsent: true }];
  }
  if (written === "" || written === "~" || written === "null") {
    const isItem = typeof path.at(-1) === "number";
    const sentence = `has no value${isItem ? "; write one or remove its dash" : toAdd(path, around, removable)}`;
    return [{ path: pathText(path), place: isItem ? source.placeOfValue(path) : source.placeOfKey(path), sentence }];
  }
  const sentence = `${quoted(path, written)} ${clauseFor(issue, path, written, around)}`;
  return [{ path: pathText(path), place: source.placeOfValue(path), sentence }];
}

/** The issue's own clause, with what to write where the text or an example shows it. */
function clauseFor(issue: z.core.$ZodIssue, path: Path, written: string, around: Surroundings): string {
  const [said = "", advice] = issue.message.split(/; (.*)/s);
  if (issue.code === "invalid_value" && advice !== undefined && issue.values.length > mostWords) {
    const words = issue.values.map(String);
    const guess = didYouMean(written, words) || didYouMeanOneOf(written, words);
    return guess === "" ? issue.message : said + guess;
  }
  if (said === "is not a duration") return `${said}; ${durationAdvice(written) ?? advice}`;
  if (issue.code !== "invalid_type") return issue.message;
  if ((issue.expected === "number" || issue.expected === "int") && advice === undefined)
    return issue.message + numberAdvice(issue.expected, written);
  if (issue.expected === "string" && said === "is not text") return asText(path, written, around) ?? issue.message;
  const isGeneral = generalAdvice.some((one) => one === advice);
  const [example] = isGeneral ? placeIn(around, path).examples : [];
  return example === undefined ? issue.message : `${said}${forExample(path, example)}`;
}

/** What is wrong with a number or a group where text is wanted, if it would be wrong in quotes too. So it needs no second try. */
function asText(path: Path, written: string, around: Surroundings): string | undefined {
  const [schema] = placeIn(around, path).schemas;
  const [issue] = (schema && z.safeParse(schema, written, { error: clause }).error?.issues) ?? [];
  return issue?.path.length === 0 && issue.message.includes(";") ? issue.message : undefined;
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

/** What to write where something is missing, as a clause. */
function toAdd(path: Path, around: Surroundings, otherwise = `; add "${String(path.at(-1))}:" with its value`): string {
  const [example] = placeIn(around, path).examples.filter((one) => one !== undefined);
  if (example !== undefined) return forExample(path, example);
  return path.length - around.path.length > 1 ? otherwise : removable;
}

function forExample(path: Path, example: unknown): string {
  const key = path.at(-1);
  const line = typeof key === "number" ? `- ${asYaml(example)}` : oneLine(String(key), example);
  return `; write "${line}", for example`;
}
