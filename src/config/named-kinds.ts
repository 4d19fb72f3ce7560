import { nearest } from "../yaml/suggest.ts";

const kindLine = /\bkind["']?\s*:\s*(?:(["']?)([A-Za-z][\w-]*)\1(?=\s*(?:[,}#\r\n]|$))|\S)/g;

/** Whether a devices.yaml may have rules, by its text before it is parsed. A key with a backslash in it may be any word. */
export function mayHaveRules(text: string): boolean {
  return text.includes("rules") || text.includes("\\");
}

/**
 * The kinds that a devices.yaml may mean, found in its text before it is parsed: the kinds that it names, and for each misspelt word the
 * most similar kind. If the kind of a device is not a plain word, such as a variable, all kinds are returned. With `isThorough` that is so
 * for each word that names no kind, because what a kind is also called only its file knows.
 */
export function namedKinds(text: string, kindNames: readonly string[], isThorough = false): readonly string[] {
  const named = new Set<string>();
  for (const [, , word] of text.matchAll(kindLine)) {
    if (word === undefined) return kindNames;
    if (isThorough && !kindNames.includes(word)) return kindNames;
    const meant = kindNames.includes(word) ? word : nearest(word, kindNames);
    if (meant !== undefined) named.add(meant);
  }
  return [...named];
}
