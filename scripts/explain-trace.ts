/**
 * npm run explain-trace: reads the stack traces of a bug report from its input and prints them with the places in src. Check out the version
 * of the report first, since it builds the program to know the places.
 */
import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const payload = JSON.parse(readFileSync(join(root, "dist", "program.js.map"), "utf8")) as SourceMapPayload;
const map = new SourceMap(payload);
const place = /(?:[^\s(]*\/)?program\.js:(\d+):(\d+)/g;

const text = readFileSync(0, "utf8").replace(place, (found, line: string, column: string) => {
  const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
  if (!("originalSource" in entry)) return found;
  const source = entry.originalSource.replace(/^(\.\.\/)+/, "");
  return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
});
process.stdout.write(text);
