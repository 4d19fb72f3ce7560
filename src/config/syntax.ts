import type { YAMLParseError } from "yaml";
import { lexemes } from "./lexemes.ts";
import { oddStructure } from "./odd-text.ts";
import type { Place, Problem } from "./problem.ts";
import { notClosed, openBrackets, unclosedQuote } from "./unclosed.ts";
import { yamlSentence } from "./yaml-sentence.ts";

/**
 * What keeps a text from being YAML. The parser goes on after its first error, but what it says then follows from the first; and it names
 * the place where it gave up, which may be the end of the file.
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
  const unclosed = message.includes("Missing closing")
    ? [unclosedQuote([...lexemes(text)], pos[0])]
    : openBrackets([...lexemes(text)], pos[0], errors.filter(isOpenBracket).length);
  const found = unclosed.filter((one) => one !== undefined);
  if (found.length > 0) return found.map((one) => ({ path: "", place: placeAt(one.offset), sentence: notClosed(one) }));
  return [{ path: "", place: placeAt(pos[0]), sentence: yamlSentence(code, message) }];
}

/** An error of the parser that a bracket is not closed. */
function isOpenBracket({ message }: YAMLParseError): boolean {
  return message.includes("end with a");
}
