import type { Document } from "yaml";
import { pathText } from "./path.ts";
import type { Place, Problem } from "./problem.ts";
import { pathTo } from "./tree-path.ts";
import { yamlPackage } from "./yaml-package.ts";

/** Variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What is between the braces may be part of a password, so it is not shown. */
const noName =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what people write.
  "between ${ and } stands no variable's name; write it with letters, digits and _, or put a text with ${ in it into a variable";

/** The result of putting in variables. */
export interface Substitution {
  /** The scalars whose text was made from variables. Their values must never be shown. */
  readonly substituted: ReadonlySet<unknown>;
  readonly problems: readonly Problem[];
}

/** Puts the values of `${NAME}` into a parsed document, as text. A value always stays one value, whatever it contains. */
export function substituteVariables(
  document: Document,
  text: string,
  variable: (name: string) => string | undefined,
  placeAt: (offset: number) => Place,
): Substitution {
  const substituted = new Set<unknown>();
  const problems: Problem[] = [];
  if (!text.includes("${")) return { substituted, problems };
  yamlPackage().visit(document, {
    Scalar(key, scalar, ancestors) {
      if (key === "key" || typeof scalar.value !== "string" || !scalar.value.includes("${")) return;
      const path = pathTo(scalar, ancestors);
      scalar.value = scalar.value.replace(/\$\{([^}]*)\}/g, (written, name: string) => {
        const isName = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
        const value = isName ? variable(name) : undefined;
        if (value !== undefined) return value;
        const sentence = isName
          ? `the variable ${written} is not set; set it in the environment or in .env beside this file`
          : noName;
        problems.push({ path: pathText(path), place: placeAt(scalar.range?.[0] ?? 0), sentence });
        return "";
      });
      substituted.add(scalar);
    },
  });
  return { substituted, problems };
}
