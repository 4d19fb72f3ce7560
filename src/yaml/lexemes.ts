import { yamlPackage } from "./yaml-package.ts";

/** A piece of a YAML text: a bracket, a colon, a comment, a text with or without quotes. */
export interface Lexeme {
  readonly source: string;
  /** Where it begins in the text. */
  readonly offset: number;
  /** Whether it is a text without quotes, or one after | or >. */
  readonly isText: boolean;
}

/** Lexemes that have no text of their own: document, flow-error, scalar, byte order mark (yaml, parse/cst.ts). */
const textFollows = "\u001f";
const marks = ["\u0002", "\u0018", textFollows, "\ufeff"];

/** The pieces of a YAML text, valid or not. Unlike the parser, the lexer does not recurse. */
export function* lexemes(text: string): Generator<Lexeme> {
  let offset = 0;
  let isText = false;
  const { Lexer } = yamlPackage();
  for (const source of new Lexer().lex(text)) {
    if (marks.includes(source)) {
      isText = source === textFollows;
      continue;
    }
    yield { source, offset, isText };
    offset += source.length;
    isText = false;
  }
}
