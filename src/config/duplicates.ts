import { isMap, isScalar, isSeq } from "yaml";
import { type Path, pathText } from "./path.ts";
import type { Place, Problem } from "./problem.ts";

/** Finds keys that are written twice in one map, below a node; the parser itself would name only the place. */
export function duplicateKeys(node: unknown, placeAt: (offset: number) => Place, path: Path = []): Problem[] {
  if (isSeq(node)) return node.items.flatMap((item, index) => duplicateKeys(item, placeAt, [...path, index]));
  if (!isMap(node)) return [];
  const problems: Problem[] = [];
  const first = new Map<string, number>();
  for (const { key, value } of node.items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    const offset = key.range?.[0] ?? 0;
    const earlier = first.get(name);
    const here = [...path, name];
    if (earlier === undefined) first.set(name, offset);
    else if (name !== "<<")
      problems.push({ path: pathText(here), place: placeAt(offset), sentence: sentence(here, placeAt(earlier)) });
    problems.push(...duplicateKeys(value, placeAt, here));
  }
  return problems;
}

function sentence(path: Path, { line }: Place): string {
  const name = String(path.at(-1));
  return path.length === 2 && path[0] === "devices"
    ? `the id "${name}" is used twice, first in line ${line}; give each device its own`
    : `the key "${name}" is written twice, first in line ${line}; remove one`;
}
