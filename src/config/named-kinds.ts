import { nearest } from "../yaml/suggest.ts";

const kindLine = /\bkind["']?\s*:\s*(?:(["']?)([A-Za-z][\w-]*)\1(?=\s*(?:[,}#\r\n]|$))|\S)/g;

/**
 * The kinds that a devices.yaml may mean, by its text alone: those that it names and, for a word that is none, the one that is nearest.
 * Where a kind is not a plain word, such as a variable, it may be any of them.
 */
export function namedKinds(text: string, kindNames: readonly string[]): readonly string[] {
  const named = new Set<string>();
  for (const [, , word] of text.matchAll(kindLine)) {
    if (word === undefined) return kindNames;
    const meant = kindNames.includes(word) ? word : nearest(word, kindNames);
    if (meant !== undefined) named.add(meant);
  }
  return [...named];
}
