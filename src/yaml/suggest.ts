import leven from "leven";

/** The known word that was probably meant; undefined if none is similar. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  // Two exchanged letters are one slip, although they count as two changes.
  const distance = (word: string) =>
    leven(written.toLowerCase(), word.toLowerCase()) - (hasSameLetters(written, word) ? 0.5 : 0);
  const [first] = [...known].sort((a, b) => distance(a) - distance(b));
  return first === undefined || distance(first) > Math.max(1.5, Math.floor(written.length / 3)) ? undefined : first;
}

/** Whether both have the same letters, in any order and case. */
export function hasSameLetters(one: string, other: string): boolean {
  const sorted = (text: string) => [...text.toLowerCase()].sort().join("");
  return sorted(one) === sorted(other);
}

/** The known word that was probably meant, as a clause after a sentence; "" if none is similar, and none is its beginning or its whole. */
export function didYouMean(written: string, known: readonly string[]): string {
  const word = written.toLowerCase();
  const begun = known.filter(
    (one) => word !== "" && (one.startsWith(word) || word.startsWith(`${one}_`) || word.startsWith(`${one} `)),
  );
  const meant = nearest(written, known) ?? (begun.length === 1 ? begun[0] : undefined);
  return meant === undefined ? "" : `; did you mean "${meant}"?`;
}

/**
 * The known keys of which `written` is a part, as `min` is of `min_value`, as a clause after a sentence; "" if there are none or more than
 * three.
 */
export function didYouMeanPartOf(written: string, known: readonly string[]): string {
  const meant = known.filter((key) => `_${key}_`.includes(`_${written.toLowerCase()}_`));
  return meant.length > 3 ? "" : didYouMeanAny(meant);
}

/**
 * The known words, three at most, that have `written` in them or else begin as it does, as a clause after a sentence; "" if there are none. It
 * is for a long list of words.
 */
export function didYouMeanOneOf(written: string, known: readonly string[]): string {
  const word = written.toLowerCase();
  const beginning = word.slice(0, 3);
  if (beginning.length < 3) return "";
  const having = known.filter((one) => one.includes(word));
  const meant = having.length > 0 ? having : known.filter((one) => one.startsWith(beginning));
  return didYouMeanAny(meant.slice(0, 3));
}

/** These words as a question, as a clause after a sentence; "" if there are none. */
export function didYouMeanAny(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  const last = quoted.pop();
  if (last === undefined) return "";
  return `; did you mean ${quoted.length === 0 ? "" : `${quoted.join(", ")} or `}${last}?`;
}
