/** An id as people read it: "office-lamp" is "Office lamp". */
export function asWords(id: string): string {
  const words = id.replace(/[-_]+/g, " ").trim();
  return words === "" ? id : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Ids as the part of an entity id after the point: lower-case letters, digits and single underscores. */
export function asObjectId(...ids: readonly string[]): string {
  return ids
    .join("_")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
}

/** Joins ids to one that only they make, of the characters that a discovery topic may have: ids seldom have two underscores. */
export function joined(...ids: readonly string[]): string {
  return ids.join("__");
}
