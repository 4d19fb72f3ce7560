/** The old list with what is fresh in the place of what has the same id. What is new comes behind the one that it follows in the fresh list. */
export function merged<One extends { readonly id: string }>(
  old: readonly One[],
  fresh: readonly One[],
): readonly One[] {
  const all = [...old];
  let last = all.length - 1;
  for (const one of fresh) {
    const place = all.findIndex(({ id }) => id === one.id);
    if (place < 0) all.splice(last + 1, 0, one);
    else all[place] = one;
    last = place < 0 ? last + 1 : place;
  }
  return all;
}
