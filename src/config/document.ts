import { type Document, isMap, isNode, isScalar, parseDocument, visit } from "yaml";
import { duplicateKeys } from "./duplicates.ts";
import type { Path } from "./path.ts";
import type { Place, Problem } from "./problem.ts";
import { type QuickYaml, quickYaml } from "./quick-yaml.ts";
import { substituteVariables } from "./variables.ts";
import { yamlSentence } from "./yaml-sentence.ts";

/** A YAML file that was parsed: its value, and the way back from the value to the text. */
export class SourceDocument {
  /** Whether this is YAML at all; if not, the one problem says where it ends to be. */
  readonly isValid: boolean;
  /** What is wrong with the text itself: its syntax, or keys that are written twice and variables that are not set. */
  readonly problems: readonly Problem[];
  readonly #text: string;
  readonly #quick: QuickYaml | undefined;
  /** Scalars whose text was made from variables: their value must never be shown. */
  readonly #substituted: ReadonlySet<unknown>;
  #parsed: Document | undefined;
  #lineStarts: readonly number[] | undefined;

  /** `variable` gives the value of `${NAME}`, or undefined when it is not set. */
  constructor(text: string, variable: (name: string) => string | undefined) {
    this.#text = text;
    this.#quick = quickYaml(text);
    if (this.#quick !== undefined) {
      this.isValid = true;
      this.problems = [];
      this.#substituted = new Set();
      return;
    }
    const [error] = this.#document.errors;
    this.isValid = error === undefined;
    const placeAt = (offset: number) => this.#placeAt(offset);
    const { substituted, problems } = substituteVariables(this.#document, text, variable, placeAt);
    this.#substituted = substituted;
    this.problems =
      error === undefined
        ? [...duplicateKeys(this.#document.contents, placeAt), ...problems]
        : [{ path: "", place: placeAt(error.pos[0]), sentence: yamlSentence(error.code, error.message) }];
  }

  /** The plain value, or the problem that keeps it from being made. */
  value(): { value: unknown } | { problem: Problem } {
    if (this.#quick !== undefined) return this.#quick;
    try {
      return { value: this.#document.toJS({ maxAliasCount: 100 }) };
    } catch (error) {
      const sentence = String(error).includes("Unresolved alias")
        ? "an alias (*) has no anchor (&) before it; write the value out"
        : "anchors (&) and aliases (*) grow out of bounds here; write the values out";
      return { problem: { path: "", sentence, place: this.#firstAlias() } };
    }
  }

  /** Where the key stands, or the nearest key above it. */
  placeOfKey(path: Path): Place {
    for (let length = path.length; length > 0; length -= 1) {
      const map = this.#document.getIn(path.slice(0, length - 1), true);
      if (!isMap(map)) continue;
      const pair = map.items.find(({ key }) => isScalar(key) && String(key.value) === String(path[length - 1]));
      if (pair !== undefined && isNode(pair.key)) return this.#placeAt(pair.key.range?.[0] ?? 0);
    }
    return { line: 1, column: 1 };
  }

  /** Where the value stands; its key where there is no value. */
  placeOfValue(path: Path): Place {
    const quick = this.#quick?.offsetOf(path);
    if (quick !== undefined) return this.#placeAt(quick);
    const node = this.#document.getIn(path, true);
    if (!isNode(node) || !node.range || node.range[0] === node.range[1]) return this.placeOfKey(path);
    return this.#placeAt(node.range[0]);
  }

  /** The value as its owner wrote it, variables as `${NAME}`, so that showing it gives nothing away. */
  writtenValue(path: Path): string | undefined {
    const node = this.#document.getIn(path, true);
    if (!isNode(node) || !node.range) return undefined;
    const written = this.#text.slice(node.range[0], node.range[1]).trim();
    return isScalar(node) ? written.replace(/^(["'])([\s\S]*)\1$/, "$2") : written;
  }

  /** Whether the value came from a variable. */
  isSubstituted(path: Path): boolean {
    return this.#substituted.size > 0 && this.#substituted.has(this.#document.getIn(path, true));
  }

  /** Parsed only when somebody asks for what the quick parser does not know, or when the text is not plain. */
  get #document(): Document {
    this.#parsed ??= parseDocument(this.#text, { uniqueKeys: false, merge: true, prettyErrors: false });
    return this.#parsed;
  }

  #placeAt(offset: number): Place {
    this.#lineStarts ??= [0, ...Array.from(this.#text.matchAll(/\n/g), ({ index }) => index + 1)];
    const line = this.#lineStarts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (this.#lineStarts[line] ?? 0) + 1 };
  }

  #firstAlias(): Place {
    let offset = 0;
    visit(this.#document, {
      Alias: (_key, alias) => {
        offset = alias.range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
    return this.#placeAt(offset);
  }
}
