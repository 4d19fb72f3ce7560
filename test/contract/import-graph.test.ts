import { expect, it } from "vitest";
import { importGraph, withImportGraph } from "../../scripts/import-graph.ts";
import { type ImportLaw, importLaws } from "../../scripts/import-laws.ts";

const law = (folder: string, ...folders: string[]): ImportLaw => ({ folder, job: "works", folders, node: false });
const nameOf = (folder: string) => (folder === "" ? "top" : folder);

/** The arrows of a graph in Mermaid, by where they begin. */
function arrowsOf(graph: string): ReadonlyMap<string, readonly string[]> {
  const arrows = new Map<string, string[]>();
  for (const [, from = "", to = ""] of graph.matchAll(/^ {2}(\w+) --> (\w+)$/gm))
    arrows.set(from, [...(arrows.get(from) ?? []), to]);
  return arrows;
}

/** All that is reached over one arrow or more. */
function reached(from: string, arrows: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set(arrows.get(from) ?? []);
  for (const one of found) for (const next of arrows.get(one) ?? []) found.add(next);
  return found;
}

it("draws the laws of src: what may be imported is reached, and each arrow is a law", () => {
  const arrows = arrowsOf(importGraph(importLaws));
  for (const { folder, folders } of importLaws) {
    const targets = reached(nameOf(folder), arrows);
    for (const other of folders) expect(targets, `from src/${folder}`).toContain(nameOf(other));
    for (const arrow of arrows.get(nameOf(folder)) ?? []) expect(folders.map(nameOf)).toContain(arrow);
  }
});

it("leaves out what follows from other arrows, and nothing else", () => {
  const laws = [
    law("core"),
    law("yaml", "core"),
    law("config", "core", "yaml"),
    law("cli", "core", "config", ""),
    law("", "core", "config", "cli"),
  ];
  expect(Object.fromEntries(arrowsOf(importGraph(laws)))).toEqual({
    yaml: ["core"],
    config: ["yaml"],
    cli: ["config", "top"],
    top: ["cli"],
  });
});

it("shows each folder with what it is there for", () => {
  const graph = importGraph(importLaws);
  for (const { folder, job } of importLaws) expect(graph).toContain(`src/${folder || "*.ts"}</b><br>${job}"]`);
});

it("refuses a law that names a folder without one, and a page without a place for the graph", () => {
  expect(() => importGraph([law("core"), law("config", "core", "yaml")])).toThrow('has no law for "yaml"');
  expect(() => withImportGraph("# A page\n", importLaws)).toThrow("the page has no");
});
