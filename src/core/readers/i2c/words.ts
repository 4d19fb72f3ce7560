/** The 16-bit word at a place, high byte first. */
export function bigEndian16(bytes: Uint8Array, at = 0): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** The 16-bit word at a place, low byte first. */
export function littleEndian16(bytes: Uint8Array, at = 0): number {
  return ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0);
}

/** A 16-bit word as a number with a sign, in two's complement. */
export function signed16(word: number): number {
  return word >= 0x8000 ? word - 0x1_0000 : word;
}

/** The two bytes of a word, high byte first. */
export function highFirst(word: number): [high: number, low: number] {
  return [(word >> 8) & 0xff, word & 0xff];
}

/** The two bytes of a word, low byte first. */
export function lowFirst(word: number): [low: number, high: number] {
  return [word & 0xff, (word >> 8) & 0xff];
}
