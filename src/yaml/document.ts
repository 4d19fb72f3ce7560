import type { Document } from "yaml";
import { duplicateKeys } from "./faults/duplicates.ts";
import { oddText } from "./faults/odd-text.ts";
import { valueSentence } from "./faults/sentences.ts";
import { syntaxProblems } from "./faults/syntax.ts";
import { foreignTags } from "./faults/tags.ts";
import { causeOf } from "./faults/value-cause.ts";
import { Nodes } from "./nodes.ts";
import type { Path } from "./path.ts";
import type { Place, Problem } from "./problem.ts";
import { type QuickYaml, quickYaml } from "./quick.ts";
import { substituteVariables } from "./variables.ts";
import { isNode, isScalar, yamlPackage } from "./yaml-package.ts";

/** A parsed YAML file: its value, and the places in the text from which the value comes. */
export class SourceDocument {
  /** Whether the text is YAML. If not, the problems say where it stops being YAML. */
  readonly isValid: boolean;
  /** What is wrong with the text itself: syntax, keys that are written twice, variables that are not set, unknown tags, odd characters. */
  readonly problems: readonly Problem[];
  /** What is odd in the text, but may be meant. */
  readonly warnings: readonly Problem[] = [];
  /** By path, a possible reason why a value is wrong: a character that looks like another one. */
  readonly reasons: ReadonlyMap<string, Problem> = new Map();
  readonly #text: string;
  readonly #quick: QuickYaml | undefined;
  /** Scalars whose text was made from variables. Their values must never be shown. */
  readonly #substituted: ReadonlySet<unknown>;
  #parsed: Document | undefined;
  #found: Nodes | undefined;
  #lineStarts: readonly number[] | undefined;

  /** `variable` gives the value of `${NAME}`, or undefined if it is not set. */
  constructor(text: string, variable: (name: string) => string | undefined) {
    this.#text = text;
    this.#quick = quickYaml(text);
    if (this.#quick !== undefined) {
      this.isValid = true;
      this.problems = [];
      this.#substituted = new Set();
      return;
    }
    const { errors, contents } = this.#document;
    this.isValid = errors.length === 0;
    const placeAt = (offset: number) => this.#placeAt(offset);
    if (!this.isValid) {
      this.#substituted = new Set();
      this.problems = syntaxProblems(errors, text, placeAt);
      return;
    }
    const odd = oddText(this.#document, text, placeAt);
    const { substituted, problems } = substituteVariables(this.#document, text, variable, placeAt);
    this.#substituted = substituted;
    this.problems = [
      ...duplicateKeys(contents, placeAt),
      ...foreignTags(this.#document, text, placeAt),
      ...odd.problems,
      ...problems,
    ];
    this.warnings = odd.warnings;
    this.reasons = odd.reasons;
  }

  /** The plain value, or the problem because of which there is none. */
  value(): { value: unknown } | { problem: Problem } {
    if (this.#quick !== undefined) return this.#quick;
    try {
      return { value: this.#document.toJS({ maxAliasCount: 100 }) };
    } catch (error) {
      const message = String(error);
      const cause = causeOf(this.#document, message);
      const place = this.#placeAt(isNode(cause) ? (cause.range?.[0] ?? 0) : 0);
      return { problem: { path: "", sentence: valueSentence(message), place } };
    }
  }

  /** The place of the key, or of the nearest key above it. */
  placeOfKey(path: Path): Place {
    for (let length = path.length; length > 0; length -= 1) {
      const key = this.#nodes.pairOf(this.#nodes.at(path.slice(0, length - 1)), path[length - 1])?.key;
      if (isNode(key)) return this.#placeAt(key.range?.[0] ?? 0);
    }
    return { line: 1, column: 1 };
  }

  /** The place of the value, or of its key if there is no value. */
  placeOfValue(path: Path): Place {
    const quick = this.#quick?.offsetOf(path);
    if (quick !== undefined) return this.#placeAt(quick);
    const node = this.#nodes.at(path);
    if (!isNode(node) || !node.range || node.range[0] === node.range[1]) return this.placeOfKey(path);
    return this.#placeAt(node.range[0]);
  }

  /** The value as it is written, with variables as `${NAME}`, so that no secret is shown. */
  writtenValue(path: Path): string | undefined {
    const node = this.#nodes.at(path);
    if (!isNode(node) || !node.range) return undefined;
    const written = this.#text.slice(node.range[0], node.range[1]).trim();
    return isScalar(node) ? written.replace(/^(["'])([\s\S]*)\1$/, "$2") : written;
  }

  /** Whether the value came from a variable. */
  isSubstituted(path: Path): boolean {
    return this.#substituted.size > 0 && this.#substituted.has(this.#nodes.at(path));
  }

  /** Parsed only when the quick parser cannot answer, or when the text is not plain. */
  get #document(): Document {
    this.#parsed ??= yamlPackage().parseDocument(this.#text, { uniqueKeys: false, merge: true, prettyErrors: false });
    return this.#parsed;
  }

  get #nodes(): Nodes {
    this.#found ??= new Nodes(this.#document);
    return this.#found;
  }

  #placeAt(offset: number): Place {
    this.#lineStarts ??= [0, ...Array.from(this.#text.matchAll(/\n/g), ({ index }) => index + 1)];
    const starts = this.#lineStarts;
    let [line, beyond] = [0, starts.length];
    while (beyond - line > 1) {
      const middle = (line + beyond) >>> 1;
      if ((starts[middle] ?? 0) <= offset) line = middle;
      else beyond = middle;
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  }
}
