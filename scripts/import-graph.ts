import { withGeneratedPart } from "./generated-part.ts";
import type { ImportLaw } from "./import-laws.ts";

/** A page with its graph of the import laws made anew. Throws where the page has no place for it. */
export function withImportGraph(page: string, laws: readonly ImportLaw[]): string {
  return withGeneratedPart(page, "scripts/import-laws.ts", importGraph(laws));
}

/** The laws as a graph in Mermaid: an arrow says "may import". What follows from other arrows is left out. */
export function importGraph(laws: readonly ImportLaw[]): string {
  const lines = [
    "flowchart TD",
    ...[...laws].reverse().map(({ folder, job }) => `  ${nameOf(folder)}["<b>${titleOf(folder)}</b><br>${job}"]`),
    ...[...laws].reverse().flatMap((law) => arrowsFrom(law, laws)),
  ];
  return ["```mermaid", ...lines, "```", ""].join("\n");
}

/**
 * Laws stand in an order: what a folder may import usually stands before it. An arrow to such a one is left out where another one that
 * stands between them leads there; an arrow against the order is always drawn.
 */
function arrowsFrom({ folder, folders }: ImportLaw, laws: readonly ImportLaw[]): readonly string[] {
  const place = (one: string) => laws.findIndex((law) => law.folder === one);
  const reaches = (from: string, to: string): boolean =>
    lawOf(from, laws).folders.some((one) => place(one) < place(from) && (one === to || reaches(one, to)));
  const isDrawn = (to: string) =>
    place(to) > place(folder) || !folders.some((one) => place(one) < place(folder) && reaches(one, to));
  return folders.filter(isDrawn).map((to) => `  ${nameOf(folder)} --> ${nameOf(to)}`);
}

function lawOf(folder: string, laws: readonly ImportLaw[]): ImportLaw {
  const law = laws.find((one) => one.folder === folder);
  if (law === undefined) throw new Error(`scripts/import-laws.ts has no law for "${folder}", which another law names`);
  return law;
}

const nameOf = (folder: string) => (folder === "" ? "top" : folder);
const titleOf = (folder: string) => (folder === "" ? "src/*.ts" : `src/${folder}`);
