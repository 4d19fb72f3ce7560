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

/** The known word that was probably meant, as a clause after a sentence; "" if none is similar. */
export function didYouMean(written: string, known: readonly string[]): string {
  const meant = nearest(written, known);
  return meant === undefined ? "" : `; did you mean "${meant}"?`;
}

/**
 * The known keys of which `written` is a part, as `min` is of `min_value`, as a clause after a sentence; "" if there are none or more than
 * three.
 */
export function didYouMeanPartOf(written: string, known: readonly string[]): string {
  const meant = known.filter((key) => `_${key}_`.includes(`_${written.toLowerCase()}_`)).map((key) => `"${key}"`);
  const [last] = meant.slice(-1);
  if (last === undefined || meant.length > 3) return "";
  const others = meant.slice(0, -1).join(", ");
  return `; did you mean ${others === "" ? "" : `${others} or `}${last}?`;
}
