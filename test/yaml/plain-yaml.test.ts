import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isScalar, parseDocument } from "yaml";
import { plainPlaces, plainYaml } from "../../src/yaml/plain.ts";
import { runs } from "../property-runs.ts";

/** What the thorough parser reads; undefined if the text is not valid. */
function thorough(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.toJS();
}

/** Where the thorough parser finds a value that is written. */
function placeOf(text: string, path: readonly string[]): number | undefined {
  const node = parseDocument(text).getIn(
    path.map((key) => (/^\d+$/.test(key) ? Number(key) : key)),
    true,
  );
  const [start, end] = isScalar(node) && node.range ? node.range : [];
  return start === end ? undefined : start;
}

const files = ["devices.yaml", "examples/house.yaml", "examples/sensors.yaml"];

const plainTexts = [
  "a:\n- b: 1\n  c:\n  - d: e\n  - f\n  g: h\n-   i: 2\n    j:\n      k: l\nm:\n  - n:\n    - o: p\nq: 1\n",
  "a: 1\nb:\n  c: x\n  d:\n  - 1\n  - y\ne: [1, 2]\n",
  "a: # r\n  b:\n    c: 'q' \n# k\n  d: \"w\"\ne: 1.5\n\n",
  "a: b # it is\nc:\n- d #r\n- {e: f}\nf:\n    g: true\n",
  "lamp:\n  area: Bad & WC! # *\n  topic: home/lamp\n  pulse: 500ms\n  url: mqtt://host:1883\n  time: 06:30\n  name: Licht im Büro\n",
  "a: {b: 1, c: [x, 2], d: {e: 'q', f: 5m}}\ng:\n- [1]\nh: {}\ni: []\nj: 0x1f\nk: 28-03ab\nl: 20.5 \nm:\n",
];

/** What means something in YAML, and what makes a number or a word of something else. */
const bits =
  ": |- |? | #|#|  |\n|\n  |\n- |,|, |[|]|{|}|'|\"|~|_|.|/|%|@|`|=|é|a|0|1|1_0|0x|0o7|1e3|+1|.5|-0|true|True|null|yes|<<|---\n|...\n|\t|\\|>|||\r\n"
    .split("|")
    .filter((one) => one !== "")
    .concat("&a ", "*a", "*", "!t ", "! ", "& ");

const edit = fc.record({ at: fc.nat(), removed: fc.nat(3), added: fc.constantFrom("", ...bits) });

function edited(text: string, { at, removed, added }: { at: number; removed: number; added: string }): string {
  const place = at % (text.length + 1);
  return text.slice(0, place) + added + text.slice(place + removed);
}

describe("the reader of plain files", () => {
  it.each(files)("reads %s as the thorough parser does", (file) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
    expect(plainYaml(text)).toEqual(thorough(text));
  });

  it.each(plainTexts)("reads what is plain: %j", (text) => {
    expect(plainYaml(text)).toEqual(thorough(text));
  });

  it.each(plainTexts)("knows where each text and number is: %j", (text) => {
    const offsetOf = plainPlaces(text);
    const missed: unknown[] = [];
    const walk = (value: unknown, path: readonly string[]) => {
      if (typeof value === "object" && value !== null)
        for (const [key, below] of Object.entries(value)) walk(below, [...path, key]);
      else if (offsetOf(path) !== placeOf(text, path)) missed.push([path, offsetOf(path), placeOf(text, path)]);
    };
    walk(plainYaml(text), []);
    expect(missed).toEqual([]);
  });

  it("gives up, or reads what the thorough parser reads, whatever is written", () => {
    const texts = fc.tuple(fc.constantFrom(...plainTexts), fc.array(edit, { minLength: 1, maxLength: 5 }));
    fc.assert(
      fc.property(texts, ([text, edits]) => {
        const written = edits.reduce(edited, text);
        const read = plainYaml(written);
        if (read !== undefined) expect(read, JSON.stringify(written)).toEqual(thorough(written));
      }),
      { numRuns: runs(600) },
    );
  });

  it.each([
    "a: b\n  c: d\n",
    "a:\n    b: 1\n  c: 2\n",
    "a: 1\na: 2\n",
    "- a\n",
    "a\n",
    "a: b: c\n",
    "a: 'b' c\n",
    "a: [1, 2\n",
    "a: {b: 1} c\n",
    "null: 1\n",
    "a:\n- b\n  - c\n",
    "a:\n  - b\n - c\n",
    "a:\n- b\n  c: d\n",
    "constructor: 1\n",
    "__proto__: {a: 1}\n",
    "a: two\n  lines\n",
    "# nothing\n",
    "",
  ])("gives up at a mistake and at what may mean more: %j", (text) => {
    expect(plainYaml(text)).toBeUndefined();
  });
});
