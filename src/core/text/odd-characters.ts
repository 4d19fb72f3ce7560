/** A character that nobody sees, or that looks like another one. It comes from pasting a web page, or from a word processor. */
export interface OddCharacter {
  readonly character: string;
  /** Its offset in the text, in UTF-16 code units. */
  readonly offset: number;
  /**
   * `blank`: a space that is not the plain one. `unseen`: has no width. `quote`: a quotation mark. `likeness`: looks like an ASCII
   * character.
   */
  readonly sort: "blank" | "unseen" | "quote" | "likeness";
}

/** The spaces and separators of Unicode (categories Zs, Zl and Zp) besides the plain one, and NEL. */
const blanks = "\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
/**
 * Characters without width, and those that turn the direction. Joiners (U+200C, U+200D) are not among them: words of some languages need
 * them.
 */
const unseen = "\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff";
const quotes = "\\u00ab\\u00bb\\u2018-\\u201f\\u2039\\u203a\\uff02\\uff07";
/** Dashes, slashes, colons and commas, and the full-width forms of ASCII. */
const likenesses = "\\u2010-\\u2015\\u2044\\u2212\\u2215\\u2236\\u3001\\ua789\\uff01\\uff03-\\uff06\\uff08-\\uff5e";

const odd = new RegExp(`([${blanks}])|([${unseen}])|([${quotes}])|([${likenesses}])`, "g");
const oddOutsideComments = new RegExp(`^(?![ \\t]*#).*[${blanks}${unseen}${quotes}${likenesses}]`, "m");

const names: Readonly<Record<string, string>> = {
  "\u00a0": "a no-break space",
  "\u202f": "a narrow no-break space",
  "\u3000": "an ideographic space",
  "\u200b": "a zero-width space",
  "\u2060": "a word joiner",
  "\u00ad": "a soft hyphen",
  "\ufeff": "a byte order mark",
  "\u2028": "a line separator",
  "\u2029": "a paragraph separator",
};

/** Whether a YAML text has odd characters outside of comment lines. A byte order mark at its beginning does not count. */
export function mayHaveOddCharacters(text: string): boolean {
  return oddOutsideComments.test(text.replace(/^\ufeff/, ""));
}

/** The odd characters of a text, in their order. */
export function oddCharacters(text: string): OddCharacter[] {
  return Array.from(text.matchAll(odd), ({ 0: character, 1: blank, 2: unseenOne, 3: quote, index: offset }) => {
    const sort = blank ? "blank" : unseenOne ? "unseen" : quote ? "quote" : "likeness";
    return { character, offset, sort };
  });
}

/** The name of an odd character: "a no-break space (U+00A0)". */
export function nameOf({ character, sort }: OddCharacter): string {
  const code = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  switch (sort) {
    case "blank":
      return `${names[character] ?? "a space that is not the plain one"} (${code})`;
    case "unseen":
      return `${names[character] ?? "a mark of writing direction"} (${code})`;
    default:
      return `the character ${character} (${code})`;
  }
}

/** What to do about an odd character, as a clause. */
export function adviceFor({ character, sort }: OddCharacter): string {
  switch (sort) {
    case "blank":
      return "type a plain space, or nothing, in its place";
    case "unseen":
      return "remove it";
    case "quote":
      return `write " or ' instead, or nothing`;
    default:
      return `write ${plain(character)} instead`;
  }
}

/** The ASCII character that a likeness looks like. */
function plain(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0xff01) return String.fromCharCode(code - 0xfee0);
  if (/[\u2044\u2215]/.test(character)) return "/";
  if (/[\u2236\ua789]/.test(character)) return ":";
  return character === "\u3001" ? "," : "-";
}
