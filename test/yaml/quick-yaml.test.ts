import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isPair, isScalar, isSeq, parseDocument, stringify, visit } from "yaml";
import { exampleDevices } from "../../src/core/kind.ts";
import type { Path } from "../../src/yaml/path.ts";
import { quickYaml } from "../../src/yaml/quick.ts";
import { kinds } from "../fakes/kinds.ts";

/** The keys and indices that lead to the scalar which stands at `key` below the last of its ancestors. */
function pathOf(ancestors: readonly unknown[], key: unknown): Path {
  const path = ancestors.flatMap((ancestor, index): PropertyKey[] => {
    if (isPair(ancestor)) return isScalar(ancestor.key) ? [String(ancestor.key.value)] : [];
    const child = ancestors[index + 1];
    return isSeq(ancestor) && child !== undefined ? [ancestor.items.indexOf(child)] : [];
  });
  return isSeq(ancestors.at(-1)) ? [...path, key as number] : path;
}

const scalars =
  "1_000 0x11 017 0o17 0b11 1e3 .5 +5 -0 yes no on off true True ~ null 2026-11-22 12:30:45 0.0 .inf 30s '17' \"a\\u00e9\" 1.5m BOARD11";

const texts = [
  readFileSync(new URL("../../devices.yaml", import.meta.url), "utf8"),
  ...kinds.map((kind) => stringify({ devices: exampleDevices("it", kind) })),
  ...scalars.split(" ").map((scalar) => `key: ${scalar}\n`),
  stringify({ list: [1, "two words", { three: ["it's", null, "# four"] }], "key with: colon": "# no" }),
  "# begins so\n---\na: 'it''s'   # a remark\nb:\n- c\n- d: \"e\\n\"\n...\n",
  "text: |\n  one\n  two\nfolded: >\n  one\n  two\nplain: one\n  two\n",
  "flow: {a: 1, b: [2, 3]} # a comment\nempty:\n",
  "\ufeffa: 1\r\nb: 2\r\n",
  "1: a\ntrue: d\n'~': e\n\"null\": f\n? g\n: h\n",
];

describe("the quick parser", () => {
  it.each(texts)("reads what the thorough one reads: %j", (text) => {
    expect(quickYaml(text)?.value).toEqual(parseDocument(text).toJS());
  });

  it.each(texts)("finds what the thorough one finds, where it finds it: %j", (text) => {
    const document = parseDocument(text);
    const quick = quickYaml(text);
    let count = 0;
    visit(document, {
      Scalar(key, { range, type }, ancestors) {
        if (key === "key" || range == null || range[0] === range[1] || type?.startsWith("BLOCK")) return;
        expect(quick?.offsetOf(pathOf(ancestors, key))).toBe(range[0]);
        count += 1;
      },
    });
    expect(count).toBeGreaterThan(0);
  });

  it("leaves places of mappings, of texts on many lines and of what is not there to the thorough one", () => {
    const quick = quickYaml("a: {b: [c]}\nd: |\n  e\nf:\n");
    for (const path of [["a"], ["a", "b"], ["d"], ["f"], ["g"], ["a", "b", 1], ["a", "b", "c", "d"]])
      expect(quick?.offsetOf(path)).toBeUndefined();
    expect(quick?.offsetOf(["a", "b", 0])).toBe(8);
  });

  it.each([
    ": 1\n",
    "~: 1\n",
    "a:\n  - b: 1\n    null: 2\n",
    "a: {b: {c: 1}, : 2}\n",
    "? ~\n: 1\n",
    "a: {<<: {b: 1}}\n",
  ])("leaves %j to the thorough one, which reads its key otherwise", (text) => {
    expect(quickYaml(text)).toBeUndefined();
  });

  it.each(["a: Büro 客厅 👩\u200d🔧\n", "# “quoted”,\u00a0\u200b–\n  # “more”\na: 1\n", "\ufeffa: 1\n"])(
    "keeps %j, whose letters are no mistake",
    (text) => {
      expect(quickYaml(text)).toBeDefined();
    },
  );

  it.each(["a: “b”\n", "a:\u00a0b\n", "a: b\u200b\n", "a: 1\n\ufeffb: 2\n", "a： 1\n", "a: 1 # “c”\n"])(
    "leaves %j, which may only look right, to the thorough one",
    (text) => {
      expect(quickYaml(text)).toBeUndefined();
    },
  );

  it.each(["a: 1\na: 2\n", "a: [1\n", "a: 1\n---\nb: 2\n", "a: ${B}\n", "a: &x 1\nb: *x\n", "a: !!str 1\n"])(
    "leaves %j to the thorough one",
    (text) => {
      expect(quickYaml(text)).toBeUndefined();
    },
  );
});
