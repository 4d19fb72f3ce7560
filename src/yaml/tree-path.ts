import { isPair, isScalar, isSeq, type YAMLSeq } from "yaml";
import { keyName } from "./faults/duplicates.ts";
import type { Path } from "./path.ts";

/** The keys and indices that lead to a node, by the ancestors that a visitor of the document is told; its own key is part of it. */
export function pathTo(node: unknown, ancestors: readonly unknown[]): Path {
  return ancestors.flatMap((ancestor, index): PropertyKey[] => {
    const next = ancestors[index + 1] ?? node;
    if (isPair(ancestor)) return isScalar(ancestor.key) ? [keyName(ancestor.key)] : [];
    return isSeq(ancestor) ? [indexOf(next, ancestor)] : [];
  });
}

/** Where each item of a list stands, noted once: a file may have a long list in which all is wrong. */
const positions = new WeakMap<YAMLSeq, ReadonlyMap<unknown, number>>();

function indexOf(item: unknown, list: YAMLSeq): number {
  const known = positions.get(list) ?? new Map(list.items.map((one, index) => [one, index]));
  positions.set(list, known);
  return known.get(item) ?? 0;
}
