import type { Scalar } from "yaml";
import { type Path, pathText } from "../path.ts";
import type { Place, Problem } from "../problem.ts";
import { shownPath } from "../shown.ts";
import { isMap, isScalar, isSeq } from "../yaml-package.ts";

/** Finds keys that are written twice in one map, at or below a node. The parser's own error has only the place and not the key. */
export function duplicateKeys(node: unknown, placeAt: (offset: number) => Place, path: Path = []): Problem[] {
  if (isSeq(node)) return node.items.flatMap((item, index) => duplicateKeys(item, placeAt, [...path, index]));
  if (!isMap(node)) return [];
  const problems: Problem[] = [];
  const first = new Map<string, number>();
  for (const { key, value } of node.items) {
    if (!isScalar(key)) continue;
    const name = keyName(key);
    const offset = key.range?.[0] ?? 0;
    const earlier = first.get(name);
    const here = [...path, name];
    if (earlier === undefined) first.set(name, offset);
    else if (name !== "<<") problems.push(twice(shownPath(here), placeAt(offset), placeAt(earlier)));
    problems.push(...duplicateKeys(value, placeAt, here));
  }
  return problems;
}

/** The name that a key has in the plain value: a number as text, no key as "". The parser has a symbol for the merge key. */
export function keyName({ value }: Scalar): string {
  if (typeof value === "symbol") return value.description ?? "";
  return value === null ? "" : String(value);
}

function twice(path: Path, place: Place, { line }: Place): Problem {
  const name = String(path.at(-1));
  const sentence =
    path.length === 2 && path[0] === "devices"
      ? `the id "${name}" is used twice, first in line ${line}; give each device its own`
      : `the key "${name}" is written twice, first in line ${line}; remove one`;
  return { path: pathText(path), place, sentence };
}
