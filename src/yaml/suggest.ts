import leven from "leven";

/** What was probably meant, or undefined when nothing is near. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const distance = (word: string) => leven(written.toLowerCase(), word.toLowerCase());
  const [first] = [...known].sort((a, b) => distance(a) - distance(b));
  return first === undefined || distance(first) > Math.max(1, Math.floor(written.length / 3)) ? undefined : first;
}

/** What was probably meant, as a clause that follows a sentence, or "" when nothing is near. */
export function didYouMean(written: string, known: readonly string[]): string {
  const meant = nearest(written, known);
  return meant === undefined ? "" : `; did you mean "${meant}"?`;
}
