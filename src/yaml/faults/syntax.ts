import type { YAMLParseError } from "yaml";
import { lexemes } from "../lexemes.ts";
import type { Place, Problem } from "../problem.ts";
import { oddStructure } from "./odd-text.ts";
import { yamlSentence } from "./sentences.ts";
import { isClosedIn, notClosed, openBrackets, unclosedQuote } from "./unclosed.ts";

/**
 * Finds why a text is not YAML. Only the parser's first error counts, because the others follow from it. The place of that error is where
 * the parser stopped, which may be the end of the file.
 */
export function syntaxProblems(
  errors: readonly YAMLParseError[],
  text: string,
  placeAt: (offset: number) => Place,
): Problem[] {
  const [first] = errors;
  if (first === undefined) return [];
  const { code, message, pos } = first;
  const odd = oddStructure(text, placeAt(pos[0]), placeAt);
  if (odd.length > 0) return odd;
  const pieces = [...lexemes(text)];
  const say = (offset: number, sentence: string): Problem => ({ path: "", place: placeAt(offset), sentence });
  const quote = message.includes("Missing closing") ? unclosedQuote(pieces, pos[0]) : undefined;
  if (quote !== undefined) return [say(quote.offset, notClosed(quote))];
  const brackets = openBrackets(pieces, pos[0], errors.filter(isOpenBracket).length);
  const [innermost] = brackets;
  if (innermost !== undefined && isWithinText(text, pos[0]))
    return [say(pos[0], `here is a ${text.charAt(pos[0])} within a text; put the whole text in quotes`)];
  if (innermost !== undefined && isClosedIn(innermost, text.slice(pos[0]))) {
    const { line } = placeAt(innermost.offset);
    return [say(pos[0], `this belongs into the ${innermost.source} of line ${line}; indent it further than that line`)];
  }
  if (innermost !== undefined) return brackets.map((bracket) => say(bracket.offset, notClosed(bracket)));
  if (code === "BLOCK_AS_IMPLICIT_KEY" && isSecondKey(text, pos[0]))
    return [
      say(pos[0], 'a line has one key only; put a text with ": " in quotes, or the second key on a line of its own'),
    ];
  return [say(pos[0], yamlSentence(code, message))];
}

/** Whether a key, or a text that looks like one, stands in the line of another key, as in `name: Climate: cellar`. */
function isSecondKey(text: string, offset: number): boolean {
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /\S:\s+$/.test(before) && /^[^\n]*:(\s|$)/.test(text.slice(offset));
}

/** Whether a bracket stands right after a letter or digit, as in rooms[0]. Between brackets it begins a list or a group there. */
function isWithinText(text: string, offset: number): boolean {
  return /^[\p{L}\p{N}_)\]][[{]$/u.test(text.slice(offset - 1, offset + 1));
}

/** Whether the parser's error says that a bracket is not closed. */
function isOpenBracket({ message }: YAMLParseError): boolean {
  return message.includes("end with a");
}
