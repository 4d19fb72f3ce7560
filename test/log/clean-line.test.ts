import { describe, expect, it } from "vitest";
import { explain, UserError } from "../../src/core/errors.ts";
import { cleanLine } from "../../src/log/clean-line.ts";
import { terminalLine } from "../../src/log/terminal.ts";

/** What moves a terminal's cursor, changes its title or forges a line. */
const disturbing = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
const unsafe = [
  "\u001b]0;title\u0007",
  "\u001b[2J",
  "\u007f",
  "\u009b2J",
  "\u0085",
  "a\r\nb",
  "\t",
  "\0",
  "\u202egnp",
  "\u2028",
];

/** A line as pino writes it. */
const lineOf = (fields: object) => `${JSON.stringify({ level: "warn", ...fields, msg: "refused a command" })}\n`;

describe("a line of the log", () => {
  it.each(unsafe.map((text) => [text]))("has no %j in it, wherever it was", (text) => {
    const fields = { payload: text, [`key${text}`]: 1, deep: { list: [text, { [text]: text }] }, path: "C:\\new" };
    const line = cleanLine(lineOf(fields));
    expect(line.endsWith("}\n")).toBe(true);
    expect(line.slice(0, -1)).not.toMatch(disturbing);
    expect(line).not.toMatch(/\\u|[^\\]\\[bfnrt]/);
    const clean = text.replace(new RegExp(disturbing, "gu"), "\u{fffd}");
    expect(JSON.parse(line)).toEqual({
      level: "warn",
      payload: clean,
      [`key${clean}`]: 1,
      deep: { list: [clean, { [clean]: clean }] },
      path: "C:\\new",
      msg: "refused a command",
    });
    expect(terminalLine(false)(line).slice(0, -1)).not.toMatch(disturbing);
  });

  it("is left as it is where there is nothing to clean", () => {
    const line = lineOf({ payload: 'Grüße "👨‍👩‍👧" 灯', n: 1.5, path: "C:\\temp" });
    expect(cleanLine(line)).toBe(line);
  });
});

it("explains an error without what could disturb a terminal; its lines stay", () => {
  const error = new UserError("dlopen: \u001b]0;title\u0007\nsecond line\u009b", { hint: "run \u007fthis" });
  expect(explain(error)).toBe("dlopen: \u{fffd}]0;title\u{fffd}\nsecond line\u{fffd}; run \u{fffd}this");
  expect(explain("\u001b[31mred")).toBe("\u{fffd}[31mred");
});
