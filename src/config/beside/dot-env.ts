import { existsSync } from "node:fs";
import { oddCharacters } from "../../core/text/odd-characters.ts";
import { formatProblem, inFileOrder, type Problem } from "../../yaml/problem.ts";
import { readUserText } from "../../yaml/user-file.ts";
import { type Environment, readDotEnv } from "./environment.ts";
import { notRead, probableSetting } from "./variable-names.ts";

/** A variable and its value, over several lines where it is in quotes: dotenv's own words, as of version 18. */
const assignment =
  /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/gm;

/** `NAME=value`, up to the first # of a value without quotes. */
const untilHash = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=(?![ \t]*["'`])([^#\r\n]*)#/gm;

/**
 * Warns of what in a `.env` is not read, or not as its owner may think. None where there is no file. Never shows a value. `isUsed` tells
 * of a variable whether devices.yaml takes its value.
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

/** What dotenv passes over without a word. */
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

/** Values with quotes around them that are not dotenv's, or with one quote only, which is then a part of the value. */
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

/** The values that end at a #: dotenv takes what follows for a comment, also without a space before it, as in `ab#cd`. */
function cutValues(text: string, values: Environment): string[] {
  // What only looks like a variable, within a value of several lines in quotes, has no such value.
  const cut = [...text.matchAll(untilHash)].filter(
    ([, name = "", value = ""]) => !/\s$/.test(value) && values[name] === value.trim(),
  );
  return cut.map(
    ([, name]) =>
      `.env: the value of ${name} ends before its #; put it in quotes, or a space before the # of a comment`,
  );
}
