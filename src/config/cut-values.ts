import { existsSync, readFileSync } from "node:fs";
import { readDotEnv } from "./environment.ts";

/** `NAME=value`, up to the first # of a value without quotes. */
const untilHash = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=(?![ \t]*["'`])([^#\r\n]*)#/gm;

/**
 * Warns of the values in a `.env` that end at a #: dotenv takes what follows for a comment, also without a space before it, as in
 * `MQTT_PASSWORD=ab#cd`. None where there is no file. Never shows a value.
 */
export function cutValues(file: string): string[] {
  if (!existsSync(file)) return [];
  const values = readDotEnv(file);
  // What only looks like a variable, within a value of several lines in quotes, has no such value.
  const cut = [...readFileSync(file, "utf8").matchAll(untilHash)].filter(
    ([, name = "", value = ""]) => !/\s$/.test(value) && values[name] === value.trim(),
  );
  return cut.map(
    ([, name]) =>
      `.env: the value of ${name} ends before its #; put it in quotes, or a space before the # of a comment`,
  );
}
