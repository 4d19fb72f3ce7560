import leven from "leven";

/** The known word that was probably meant; undefined if none is similar. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const distance = (word: string) => leven(written.toLowerCase(), word.toLowerCase());
  const [first] = [...known].sort((a, b) => distance(a) - distance(b));
  return first === undefined || distance(first) > Math.max(1, Math.floor(written.length / 3)) ? undefined : first;
}

/** The known word that was probably meant, as a clause after a sentence; "" if none is similar. */
export function didYouMean(written: string, known: readonly string[]): string {
  const meant = nearest(written, known);
  return meant === undefined ? "" : `; did you mean "${meant}"?`;
}
