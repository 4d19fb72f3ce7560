import { createRequire } from "node:module";
import type * as yaml from "yaml";

/** Loads a package that has a place of its own in a build, see scripts/build.ts. */
declare const requireLate: ((name: "late:yaml") => typeof yaml) | undefined;

let loaded: typeof yaml | undefined;

/**
 * The package yaml, which knows the place of every node. It is loaded when it is needed first: for a file that is not plain, or that has
 * a fault. A start with a plain file does without it, which saves 4 % of its processor time and 0.7 MB.
 */
export function yamlPackage(): typeof yaml {
  loaded ??= typeof requireLate === "function" ? requireLate("late:yaml") : createRequire(import.meta.url)("yaml");
  return loaded as typeof yaml;
}

/** Whether a node is an alias. */
export const isAlias: typeof yaml.isAlias = (node): node is yaml.Alias => yamlPackage().isAlias(node);
/** Whether a node is a mapping. */
export const isMap = ((node: unknown) => yamlPackage().isMap(node)) as typeof yaml.isMap;
/** Whether something is a node of a document. */
export const isNode = ((node: unknown) => yamlPackage().isNode(node)) as typeof yaml.isNode;
/** Whether something is a pair of a mapping. */
export const isPair = ((node: unknown) => yamlPackage().isPair(node)) as typeof yaml.isPair;
/** Whether a node is a single value. */
export const isScalar = ((node: unknown) => yamlPackage().isScalar(node)) as typeof yaml.isScalar;
/** Whether a node is a list. */
export const isSeq = ((node: unknown) => yamlPackage().isSeq(node)) as typeof yaml.isSeq;
