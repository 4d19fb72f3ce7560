/** A stretch of time in which nothing changed. */
export interface Held {
  readonly isPressed: boolean;
  readonly ms: number;
}

interface Press {
  readonly ms: number;
  /** How long it was released before it. */
  readonly afterMs: number;
}

/** Stretches in a row in which nothing changed are one. */
function joined(held: readonly Held[]): Held[] {
  const stretches: { isPressed: boolean; ms: number }[] = [];
  for (const { isPressed, ms } of held) {
    const last = stretches.at(-1);
    if (last?.isPressed === isPressed) last.ms += ms;
    else stretches.push({ isPressed, ms });
  }
  return stretches;
}

/** Only what stood still counts; the rest is part of what was before it. The first stretch is what was there at the start. */
function steady(held: readonly Held[], debounceMs: number): Held[] {
  const stretches: { isPressed: boolean; ms: number }[] = [];
  let untilItCountsMs = 0;
  for (const [index, { isPressed, ms }] of held.entries()) {
    const last = stretches.at(-1);
    const counts = index === 0 || ms >= debounceMs;
    if (last === undefined || (counts && last.isPressed !== isPressed)) {
      if (last !== undefined) last.ms += untilItCountsMs;
      stretches.push({ isPressed, ms });
      untilItCountsMs = 0;
    } else if (counts) {
      last.ms += untilItCountsMs + ms;
      untilItCountsMs = 0;
    } else untilItCountsMs += ms;
  }
  return stretches;
}

/** What a button should tell of these stretches of time, by looking at all of them from behind. */
export function told(
  held: readonly Held[],
  debounceMs: number,
  { most, gapMs, longMs, repeatMs }: { most: number; gapMs: number; longMs: number; repeatMs: number },
): string[] {
  const stretches = steady(joined(held), debounceMs);
  const presses = stretches.flatMap(({ isPressed, ms }, index): Press[] =>
    isPressed && index > 0 ? [{ ms, afterMs: stretches[index - 1]?.ms ?? 0 }] : [],
  );
  const events: string[] = [];
  let row = 0;
  const endRow = () => {
    if (row > 0) events.push(["single", "double", "triple"][row - 1] as string);
    row = 0;
  };
  for (const { ms, afterMs } of presses) {
    const isLong = longMs > 0 && ms >= longMs;
    if (isLong || afterMs >= gapMs || row === most) endRow();
    const repeats = isLong && repeatMs > 0 ? Math.floor(Math.min(ms - longMs, 60_000) / repeatMs) : 0;
    if (isLong) events.push("long", ...Array<string>(repeats).fill("long_repeat"), "long_release");
    else row += 1;
  }
  endRow();
  return events;
}
