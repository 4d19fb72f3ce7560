/** Shorter texts are no passwords, and are parts of other words. */
const fewestCharacters = 4;
/** What stands behind such a word, as in "Authorization: Bearer abc" or "--api-key abc". */
const behindName =
  /(?:pass|pwd|secret|token|key|auth)[\w-]*["']?(?:\s*[=:]\s*|\s+)["']?(?:(?:bearer|basic)\s+)?([^\s"'&]+)/gi;
const behindEquals = /^-?-?[\w.-]+=(.+)$/s;
const inAddress = /\/\/[^\s/@:]*:([^\s/@]+)@/g;

/**
 * A text of a program, in which the words that it was started with are hidden, because they may be passwords: programs repeat them in
 * their complaints. Each word but the first counts as a whole, and what is behind its =, behind a word such as token, or the password of
 * an address. Paths stay, and words of less than four characters.
 */
export function withoutWords(text: string, [, ...words]: readonly string[]): string {
  const parts = words.flatMap((word) => [
    ...(isPath(word) ? [] : [word]),
    ...[...word.matchAll(behindName), ...word.matchAll(inAddress)].map(([, part = ""]) => part),
    behindEquals.exec(word)?.[1] ?? "",
  ]);
  const hidden = parts.filter((part) => part.length >= fewestCharacters).sort((a, b) => b.length - a.length);
  return hidden.reduce((left, part) => left.replaceAll(part, "…"), text);
}

function isPath(word: string): boolean {
  return /^\/[^@?=\s]*$/.test(word);
}
