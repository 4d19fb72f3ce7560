import type { Document, Pair, YAMLMap } from "yaml";
import { keyName } from "./faults/duplicates.ts";
import type { Path } from "./path.ts";
import { isMap, isScalar, isSeq } from "./yaml-package.ts";

/**
 * Finds the nodes of a parsed YAML text by their paths. The library's own getIn does not find a number by its text, and searches through
 * all keys.
 */
export class Nodes {
  readonly #document: Document;
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

  constructor(document: Document) {
    this.#document = document;
  }

  /** The node at a path; undefined where there is none. */
  at(path: Path): unknown {
    return path.reduce<unknown>((node, key) => {
      if (isSeq(node)) return node.items[Number(key)];
      return this.pairOf(node, key)?.value;
    }, this.#document.contents);
  }

  /** A key of a map with its value. Undefined if there is no such key, or if `map` is not a map. */
  pairOf(map: unknown, key: PropertyKey | undefined): Pair | undefined {
    if (!isMap(map)) return undefined;
    const pairs = this.#pairs.get(map) ?? byKey(map);
    this.#pairs.set(map, pairs);
    return pairs.get(String(key));
  }
}

/** The pairs by key. If a key is written twice, the first one counts, because the problem is reported at the second. */
function byKey({ items }: YAMLMap): ReadonlyMap<string, Pair> {
  return new Map(items.flatMap((pair) => (isScalar(pair.key) ? [[keyName(pair.key), pair] as const] : [])).reverse());
}
