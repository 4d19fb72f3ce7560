/** Makes of ids the part of an entity id after the point: lower-case letters, digits and single underscores. */
export function asObjectId(...ids: readonly string[]): string {
  return ids
    .join("_")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
}

/**
 * Joins ids with two underscores. Other ids hardly ever give the same result, since ids seldom have two underscores in a row. The
 * characters are allowed in a discovery topic.
 */
export function joined(...ids: readonly string[]): string {
  return ids.join("__");
}
