import type { YAMLSeq } from "yaml";
import { keyName } from "./faults/duplicates.ts";
import type { Path } from "./path.ts";
import { isPair, isScalar, isSeq } from "./yaml-package.ts";

/**
 * The keys and indices that lead to a node. `ancestors` are those that a visitor of the document gets. The node's own key is part of the
 * path.
 */
export function pathTo(node: unknown, ancestors: readonly unknown[]): Path {
  return ancestors.flatMap((ancestor, index): PropertyKey[] => {
    const next = ancestors[index + 1] ?? node;
    if (isPair(ancestor)) return isScalar(ancestor.key) ? [keyName(ancestor.key)] : [];
    return isSeq(ancestor) ? [indexOf(next, ancestor)] : [];
  });
}

/** The index of each item of a list. It is stored, because a long list may have a problem in each item. */
const positions = new WeakMap<YAMLSeq, ReadonlyMap<unknown, number>>();

function indexOf(item: unknown, list: YAMLSeq): number {
  const known = positions.get(list) ?? new Map(list.items.map((one, index) => [one, index]));
  positions.set(list, known);
  return known.get(item) ?? 0;
}
