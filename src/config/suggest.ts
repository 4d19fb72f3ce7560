import leven from "leven";

/** What was probably meant, as a clause that follows a sentence, or "" when nothing is near. */
export function didYouMean(written: string, known: readonly string[]): string {
  const distance = (word: string) => leven(written.toLowerCase(), word.toLowerCase());
  const [nearest] = [...known].sort((a, b) => distance(a) - distance(b));
  if (nearest === undefined || distance(nearest) > Math.max(1, Math.floor(written.length / 3))) return "";
  return `; did you mean "${nearest}"?`;
}
