import { existsSync } from "node:fs";
import { oddCharacters } from "../../core/text/odd-characters.ts";
import { formatProblem, inFileOrder, type Problem } from "../../yaml/problem.ts";
import { readUserText } from "../../yaml/user-file.ts";
import { type Environment, readDotEnv } from "./environment.ts";
import { notRead, probableSetting } from "./variable-names.ts";

/** A variable and its value, which may have several lines in quotes. The pattern is that of dotenv 18. */
const assignment =
  /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/gm;

/** `NAME=value` up to the first #, for a value without quotes. */
const untilHash = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=(?![ \t]*["'`])([^#\r\n]*)#/gm;

/**
 * Warns of lines in a `.env` that are not read, or not read as their owner may expect. No warnings if there is no file. Never shows a
 * value. `isUsed` says whether devices.yaml uses a variable.
 */
export function dotEnvWarnings(file: string, isUsed: (name: string) => boolean): string[] {
  if (!existsSync(file)) return [];
  const values = readDotEnv(file);
  const text = readUserText(file).replace(/\r\n?/g, "\n");
  if (/[\0\ufffd]/.test(text)) return [".env: this is not UTF-8 text; save the file as UTF-8"];
  const inLines = inFileOrder([...ignoredLines(text), ...otherVariables(text, isUsed)]);
  return [
    ...inLines.map((problem) => formatProblem(".env", problem)),
    ...oddQuotes(text, values),
    ...cutValues(text, values),
  ];
}

/** The lines that dotenv ignores without telling. */
function ignoredLines(text: string): Problem[] {
  const left = text.replace(assignment, (matched) => matched.replace(/[^\n]/g, ""));
  return left.split("\n").flatMap((line, index) => {
    if (/^\s*(#|$)/.test(line)) return [];
    const sentence = line.includes("=")
      ? "what stands before the = is no variable's name, and the line is ignored; write it with letters, digits and _"
      : "this line has no = and is ignored; write NAME=value, or # before a comment";
    return [{ path: "", place: { line: index + 1, column: 1 }, sentence }];
  });
}

function otherVariables(text: string, isUsed: (name: string) => boolean): Problem[] {
  return [...text.matchAll(assignment)].flatMap(({ 0: matched, 1: name = "", index }) => {
    const setting = isUsed(name) ? undefined : probableSetting(name);
    if (setting === undefined) return [];
    const before = text.slice(0, index + matched.indexOf(name)).split("\n");
    const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    return [{ path: name, place, sentence: notRead(setting) }];
  });
}

/** Values in quotes that dotenv does not know, or with only one quote. The quotes are then part of the value. */
function oddQuotes(text: string, values: Environment): string[] {
  const names = new Set(Array.from(text.matchAll(assignment), ([, name = ""]) => name));
  return [...names].flatMap((name) => {
    const value = values[name] ?? "";
    const isOdd = oddCharacters(value).some(({ sort, offset }) => sort === "quote" && offset === 0);
    if (!isOdd && !(/^["'`]/.test(value) && value.indexOf(value.charAt(0), 1) === -1)) return [];
    const sentence = `begins with the quotation mark ${value.charAt(0)}, which is taken for a part of it; write ${name}="…"`;
    return [`.env: the value of ${name} ${sentence}`];
  });
}

/** Values that end at a #. dotenv takes what follows as a comment, even without a space before the #, as in `ab#cd`. */
function cutValues(text: string, values: Environment): string[] {
  // Text inside a value of several lines may look like a variable. No variable has that value then.
  const cut = [...text.matchAll(untilHash)].filter(
    ([, name = "", value = ""]) => !/\s$/.test(value) && values[name] === value.trim(),
  );
  return cut.map(
    ([, name]) =>
      `.env: the value of ${name} ends before its #; put it in quotes, or a space before the # of a comment`,
  );
}
