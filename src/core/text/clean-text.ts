/**
 * Characters that move a terminal's cursor, change its title or turn the direction of a line: controls (ESC, BEL, DEL, C1), separators of
 * lines and paragraphs, and the bidirectional controls (Unicode 16, section 23.2). Joiners are not among them, because emoji need them.
 */
const disturbing = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Makes a text from outside safe to show. Each character that would disturb a terminal or begin a new line is replaced by `\u{fffd}`. */
export function cleanText(text: string): string {
  return text.replace(disturbing, "\u{fffd}");
}

/** As {@link cleanText}, but line ends stay. */
export function cleanLines(text: string): string {
  return text.split("\n").map(cleanText).join("\n");
}
