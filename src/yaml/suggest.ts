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
