import type { Document } from "yaml";
import { isAlias, isMap, isScalar, isSeq, yamlPackage } from "../yaml-package.ts";
import { keyName } from "./duplicates.ts";

/** The alias or the merge (`<<`) because of which no value can be made. The error itself has only a message and no place. */
export function causeOf(document: Document, message: string): unknown {
  const [, unknown] = /Unresolved alias .*: (.+)$/s.exec(message) ?? [];
  const isMerge = message.includes("Merge sources");
  let cause: unknown;
  yamlPackage().visit(document, {
    Alias: (_key, alias) => {
      if (isMerge || (unknown !== undefined && alias.source !== unknown)) return undefined;
      cause = alias;
      return yamlPackage().visit.BREAK;
    },
    Pair: (_key, { key, value }) => {
      if (!isMerge || !isScalar(key) || keyName(key) !== "<<" || isMergeable(document, value)) return undefined;
      cause = key;
      return yamlPackage().visit.BREAK;
    },
  });
  return cause;
}

/** Whether a value can be merged: a group, or a list of groups. A list in a list cannot be, and might be an alias of itself. */
function isMergeable(document: Document, value: unknown): boolean {
  const resolved = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  const source = resolved(value);
  return isSeq(source) ? source.items.every((item) => isMap(resolved(item))) : isMap(source);
}
