import { type Document, isPair, isScalar, visit } from "yaml";
import { pathText } from "./path.ts";
import type { Place, Problem } from "./problem.ts";

/** What became of the variables in a document. */
export interface Substitution {
  /** The scalars whose text was made from variables: their value must never be shown. */
  readonly substituted: ReadonlySet<unknown>;
  readonly problems: readonly Problem[];
}

/** Puts the values of `${NAME}` into a parsed document, as text: whatever a value holds, it stays one value. */
export function substituteVariables(
  document: Document,
  text: string,
  variable: (name: string) => string | undefined,
  placeAt: (offset: number) => Place,
): Substitution {
  const substituted = new Set<unknown>();
  const problems: Problem[] = [];
  if (!text.includes("${")) return { substituted, problems };
  visit(document, {
    Scalar(key, scalar, ancestors) {
      if (key === "key" || typeof scalar.value !== "string" || !scalar.value.includes("${")) return;
      const path = ancestors
        .filter((one) => isPair(one))
        .map((pair) => (isScalar(pair.key) ? pair.key.value : pair.key));
      scalar.value = scalar.value.replace(/\$\{([^}]*)\}/g, (written, name: string) => {
        const value = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? variable(name) : undefined;
        if (value !== undefined) return value;
        const sentence = `the variable ${written} is not set; set it in the environment or in .env beside this file`;
        problems.push({ path: pathText(path.map(String)), place: placeAt(scalar.range?.[0] ?? 0), sentence });
        return "";
      });
      substituted.add(scalar);
    },
  });
  return { substituted, problems };
}
