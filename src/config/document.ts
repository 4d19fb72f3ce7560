import { type Document, isMap, isNode, isPair, isScalar, LineCounter, type Node, parseDocument, visit } from "yaml";
import type { Place, Problem } from "./problem.ts";

/** The keys that lead to a value. */
export type Path = readonly PropertyKey[];

/** The keys as people write them: "devices.lamp.pin". */
export function pathText(path: Path): string {
  return path.map(String).join(".");
}

/** A YAML file that was parsed: its value, and the way back from the value to the text. */
export class SourceDocument {
  /** Whether this is YAML at all; if not, the one problem says where it ends to be. */
  readonly isValid: boolean;
  /** What is wrong with the text itself: its syntax, or keys that are written twice and variables that are not set. */
  readonly problems: readonly Problem[];
  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #document: Document;
  /** Scalars whose text was made from variables: their value must never be shown. */
  readonly #substituted = new Set<unknown>();

  /** `variable` gives the value of `${NAME}`, or undefined when it is not set. */
  constructor(text: string, variable: (name: string) => string | undefined) {
    this.#text = text;
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      uniqueKeys: false,
      merge: true,
      prettyErrors: false,
    });
    const [error] = this.#document.errors;
    this.isValid = error === undefined;
    this.problems =
      error !== undefined
        ? [{ path: "", place: this.#placeAt(error.pos[0]), sentence: yamlSentence(error.code, error.message) }]
        : [...this.#duplicateKeys(), ...this.#substitute(variable)];
  }

  /** The plain value, or the problem that keeps it from being made. */
  value(): { value: unknown } | { problem: Problem } {
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
    return this.#substituted.has(this.#document.getIn(path, true));
  }

  #placeAt(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
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

  #duplicateKeys(): Problem[] {
    const problems: Problem[] = [];
    visit(this.#document, {
      Map: (_key, map, ancestors) => {
        const first = new Map<string, number>();
        for (const { key } of map.items) {
          if (!isScalar(key)) continue;
          const name = String(key.value);
          const offset = key.range?.[0] ?? 0;
          const earlier = first.get(name);
          first.set(name, earlier ?? offset);
          if (earlier === undefined || name === "<<") continue;
          const path = [...keysOf(ancestors), name];
          const { line } = this.#placeAt(earlier);
          const isDevice = path.length === 2 && path[0] === "devices";
          const sentence = isDevice
            ? `the id "${name}" is used twice, first in line ${line}; give each device its own`
            : `the key "${name}" is written twice, first in line ${line}; remove one`;
          problems.push({ path: pathText(path), place: this.#placeAt(offset), sentence });
        }
      },
    });
    return problems;
  }

  #substitute(variable: (name: string) => string | undefined): Problem[] {
    const problems: Problem[] = [];
    visit(this.#document, {
      Scalar: (key, scalar, ancestors) => {
        if (key === "key" || typeof scalar.value !== "string" || !scalar.value.includes("${")) return;
        const complain = (sentence: string) => {
          const place = this.#placeAt(scalar.range?.[0] ?? 0);
          problems.push({ path: pathText(keysOf(ancestors)), place, sentence });
        };
        scalar.value = scalar.value.replace(/\$\{([^}]*)\}/g, (written, name: string) => {
          const value = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? variable(name) : undefined;
          if (value === undefined)
            complain(`the variable ${written} is not set; set it in the environment or in .env beside this file`);
          return value ?? "";
        });
        this.#substituted.add(scalar);
      },
    });
    return problems;
  }
}

/** The keys on the way from the root to a node. */
function keysOf(ancestors: readonly (Node | Document | { key: unknown })[]): string[] {
  return ancestors.filter((one) => isPair(one)).map(({ key }) => String(isScalar(key) ? key.value : key));
}

/** The parser's codes in words of ours, where its own words do not say what to do. */
function yamlSentence(code: string, message: string): string {
  if (message.includes("and end with a")) return "a bracket is not closed before this; close it with } or ]";
  switch (code) {
    case "BAD_INDENT":
    case "BLOCK_AS_IMPLICIT_KEY":
      return "the indentation is wrong here; put keys that belong together in the same column";
    case "MISSING_CHAR":
      return `something is missing here (${lowerFirst(message)})`;
    case "TAB_AS_INDENT":
      return "this line is indented with a tab; YAML wants spaces";
    case "MULTIPLE_DOCS":
      return "a second document begins here; keep one and remove the line ---";
    default:
      return `this is not valid YAML (${lowerFirst(message)})`;
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
