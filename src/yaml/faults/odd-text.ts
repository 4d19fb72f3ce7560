import type { Document, Scalar } from "yaml";
import { parsePin } from "../../core/hardware/parse-pin.ts";
import {
  adviceFor,
  mayHaveOddCharacters,
  nameOf,
  type OddCharacter,
  oddCharacters,
} from "../../core/text/odd-characters.ts";
import { parseDuration } from "../../core/time/duration.ts";
import { lexemes } from "../lexemes.ts";
import { type Path, pathText } from "../path.ts";
import type { Place, Problem } from "../problem.ts";
import { mayBeSecret, shownPath } from "../shown.ts";
import { pathTo } from "../tree-path.ts";
import { yamlPackage } from "../yaml-package.ts";

/** Characters that nobody sees, or that look like others. */
export interface OddText {
  /** Mistakes for certain. */
  readonly problems: readonly Problem[];
  /** Odd characters that may be meant. */
  readonly warnings: readonly Problem[];
  /** By path, what explains a value that is wrong for another reason too, such as a kind with a dash that is not the ASCII one. */
  readonly reasons: ReadonlyMap<string, Problem>;
}

/** Settings whose text may have any character: names for people, secrets, and names of files. */
const freeKeys = ["name", "area", "username", "password", "ca", "cert", "key"];

/** Looks for odd characters in the keys and values of a text that is YAML. */
export function oddText(document: Document, text: string, placeAt: (offset: number) => Place): OddText {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const reasons = new Map<string, Problem>();
  if (!mayHaveOddCharacters(text)) return { problems, warnings, reasons };
  yamlPackage().visit(document, {
    Scalar(role, scalar, ancestors) {
      const written = writtenText(scalar, text);
      const found = oddCharacters(written.text);
      if (found.length === 0) return;
      const path = pathTo(scalar, ancestors);
      const say = (one: OddCharacter, sentence = sentenceFor(one)): Problem => ({
        path: pathText(shownPath(path)),
        place: placeAt(written.offset + one.offset),
        sentence,
        isKeySpoilt: role === "key",
      });
      const [first] = found as [OddCharacter];
      const sure = role === "key" ? first : found.find((one) => isSureMistake(one, written.text));
      if (role !== "key" && isFree(path)) {
        const edge = found.find((one) => isUnseenEdge(one, written.text));
        if (edge !== undefined) warnings.push(say(edge));
        else if (isEnclosed(written.text, found)) warnings.push(say(first, enclosed(first, found.at(-1) ?? first)));
      } else if (sure !== undefined && (role === "key" || !isUnderstood(scalar.value))) problems.push(say(sure));
      else if (!mayBeSecret(path) || !written.text.includes("@")) reasons.set(pathText(path), say(first));
    },
  });
  return { problems, warnings, reasons };
}

/**
 * Finds the characters because of which a text is not YAML: a no-break space after a colon, or a character that looks like a colon. A
 * quotation mark counts only in the line of the parser's error; elsewhere it may be part of a name.
 */
export function oddStructure(text: string, error: Place, placeAt: (offset: number) => Place): Problem[] {
  if (!mayHaveOddCharacters(text)) return [];
  const texts = [...lexemes(text)].filter(({ isText }) => isText);
  return texts.flatMap(({ source, offset }) =>
    oddCharacters(source).flatMap((one): Problem[] => {
      const place = placeAt(offset + one.offset);
      const rest = text.slice(offset + one.offset + 1, offset + one.offset + 1 + farEnough);
      const counts = isStructural(one, source, rest) && (one.sort !== "quote" || place.line === error.line);
      return counts ? [{ path: "", place, sentence: sentenceFor(one) }] : [];
    }),
  );
}

function sentenceFor(one: OddCharacter): string {
  return `here is ${nameOf(one)}; ${adviceFor(one)}`;
}

/** The text of a scalar as it is written, without the quotes around it. */
function writtenText({ range, type }: Scalar, text: string): { readonly text: string; readonly offset: number } {
  const [start, end] = range ?? [0, 0];
  const quote = type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE" ? 1 : 0;
  return { text: text.slice(start + quote, end - quote), offset: start + quote };
}

function isFree(path: Path): boolean {
  if (path[0] === "devices" && path[2] === "home_assistant") return true;
  return freeKeys.includes(String(path.at(-1)));
}

/** Blanks and characters without width are always mistakes in a topic, an id or an address. A quotation mark is one only at the edge. */
function isSureMistake({ sort, offset }: OddCharacter, text: string): boolean {
  if (sort === "blank" || sort === "unseen") return true;
  return sort === "quote" && (offset === 0 || offset === text.length - 1);
}

/** Whether a character that cannot be seen is at the edge of a text. It often gets there by pasting. */
function isUnseenEdge({ sort, offset }: OddCharacter, text: string): boolean {
  return (sort === "blank" || sort === "unseen") && (offset === 0 || offset === text.length - 1);
}

/** "30 s" with a no-break space is understood as a duration anyway. */
function isUnderstood(value: unknown): boolean {
  return typeof value === "string" && (parseDuration(value) !== undefined || typeof parsePin(value) === "number");
}

function isEnclosed(text: string, found: readonly OddCharacter[]): boolean {
  const at = (offset: number) => found.some((one) => one.sort === "quote" && one.offset === offset);
  return text.length > 2 && at(0) && at(text.length - 1) && found.filter(({ sort }) => sort === "quote").length === 2;
}

function enclosed(first: OddCharacter, last: OddCharacter): string {
  return `the quotation marks ${first.character} and ${last.character} are part of this text; if they are not meant, write " in their place`;
}

/** Whether a character is at a place where YAML has characters of its own: at the edge of a line, or after a colon, a comma or a dash. */
function isStructural({ sort, character, offset }: OddCharacter, text: string, after: string): boolean {
  const before = text.slice(Math.max(0, offset - farEnough), offset).replace(/[^\S\n]+$/, "");
  if (sort === "likeness") return character === "\uff1a" && /^(\s|$)/.test(after);
  return /(^|[\n:,?-])$/.test(before) || /^[^\S\n]*(\n|$)/.test(after);
}

/** How many blanks beside a character are looked at. */
const farEnough = 40;
