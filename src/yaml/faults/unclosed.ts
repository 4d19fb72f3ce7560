import type { Lexeme } from "../lexemes.ts";

const closing: Readonly<Record<string, string>> = { "[": "]", "{": "}" };

/** The text in quotes whose end the parser did not find. `errorAt` is the offset where the parser stopped. */
export function unclosedQuote(pieces: readonly Lexeme[], errorAt: number): Lexeme | undefined {
  return pieces.findLast(
    ({ source, offset, isText }) =>
      !isText && /^["']/.test(source) && offset <= errorAt && errorAt <= offset + source.length,
  );
}

/** The brackets that are open where the parser stopped, the innermost first. At most `most` of them. */
export function openBrackets(pieces: readonly Lexeme[], errorAt: number, most: number): Lexeme[] {
  const open: Lexeme[] = [];
  for (const piece of pieces) {
    if (piece.offset >= errorAt) {
      // [1, 2} closes the outer bracket, but not the inner one.
      if (!piece.isText && piece.source === closing[open.at(-2)?.source ?? ""]) return open.slice(-1);
      break;
    }
    if (piece.isText) continue;
    const innermost = open.at(-1);
    if (piece.source in closing) open.push(piece);
    else if (innermost !== undefined && piece.source === closing[innermost.source]) open.pop();
  }
  return open.reverse().slice(0, most);
}

/** Whether the text that follows closes a bracket after all. Then the text between is only not indented enough. */
export function isClosedIn({ source }: Lexeme, rest: string): boolean {
  let depth = 0;
  for (const [piece] of rest.matchAll(/"[^"\n]*"|'[^'\n]*'|(?<=^|\s)#.*|[[\]{}]/g)) {
    if (piece in closing) depth += 1;
    else if (piece !== "]" && piece !== "}") continue;
    else if (depth === 0) return piece === closing[source];
    else depth -= 1;
  }
  return false;
}

/** The sentence for a quote or a bracket that is not closed. */
export function notClosed({ source }: Lexeme): string {
  const opened = source.charAt(0);
  return `the ${opened} here is not closed; close it with ${closing[opened] ?? opened}`;
}
