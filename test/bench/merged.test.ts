import { expect, it } from "vitest";
import { merged } from "../../scripts/bench/results/merged.ts";

const list = (...words: readonly string[]) =>
  words.map((word) => ({ id: word.charAt(0), value: Number(word.slice(1)) }));

it.each([
  ["what is fresh takes the place of the old", list("a1", "b1", "c1"), list("b2"), list("a1", "b2", "c1")],
  ["what is new stands behind its neighbour", list("a1", "b1"), list("a2", "n2"), list("a2", "n2", "b1")],
  ["what has no neighbour stands at the end", list("a1"), list("m2", "n2"), list("a1", "m2", "n2")],
  ["what was not measured again stays", list("a1", "b1"), list(), list("a1", "b1")],
])("%s", (_case, old, fresh, together) => expect(merged(old, fresh)).toEqual(together));
