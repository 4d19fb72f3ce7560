/** An id as words for people: "office-lamp" becomes "Office lamp". */
export function asWords(id: string): string {
  const words = id.replace(/[-_]+/g, " ").trim();
  return words === "" ? id : words.charAt(0).toUpperCase() + words.slice(1);
}
