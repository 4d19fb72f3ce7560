import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDocument, stringify } from "yaml";
import { quickValue } from "../../src/config/quick-yaml.ts";
import { kinds } from "../../src/devices/index.ts";

const scalars =
  "1_000 0x11 017 0o17 0b11 1e3 .5 +5 -0 yes no on off true True ~ null 2026-11-22 12:30:45 0.0 .inf 30s '17' \"a\\u00e9\" 1.5m BOARD11";

const texts = [
  readFileSync(new URL("../../devices.yaml", import.meta.url), "utf8"),
  ...kinds.map(({ kind, example }) => stringify({ devices: { it: { kind, ...example } } })),
  ...scalars.split(" ").map((scalar) => `key: ${scalar}\n`),
  "text: |\n  one\n  two\nfolded: >\n  one\n  two\n",
  "flow: {a: 1, b: [2, 3]} # a comment\nempty:\n",
  "\ufeffa: 1\r\nb: 2\r\n",
];

describe("the quick parser", () => {
  it.each(texts)("reads what the thorough one reads: %j", (text) => {
    expect(quickValue(text)).toEqual({ value: parseDocument(text).toJS() });
  });

  it.each(["a: 1\na: 2\n", "a: [1\n", "a: 1\n---\nb: 2\n", "a: ${B}\n", "a: &x 1\nb: *x\n", "a: !!str 1\n"])(
    "leaves %j to the thorough one",
    (text) => {
      expect(quickValue(text)).toBeUndefined();
    },
  );
});
