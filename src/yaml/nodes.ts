import { type Document, isMap, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import { keyName } from "./faults/duplicates.ts";
import type { Path } from "./path.ts";

/** The nodes of a parsed YAML text by their paths; the library's own getIn finds no number by its text, and goes through all keys. */
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

  /** A key of a map, with its value; undefined where there is none, or no map. */
  pairOf(map: unknown, key: PropertyKey | undefined): Pair | undefined {
    if (!isMap(map)) return undefined;
    const pairs = this.#pairs.get(map) ?? byKey(map);
    this.#pairs.set(map, pairs);
    return pairs.get(String(key));
  }
}

/** Of a key that is written twice the first counts, as it is the second that is complained of. */
function byKey({ items }: YAMLMap): ReadonlyMap<string, Pair> {
  return new Map(items.flatMap((pair) => (isScalar(pair.key) ? [[keyName(pair.key), pair] as const] : [])).reverse());
}
