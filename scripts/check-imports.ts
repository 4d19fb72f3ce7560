/** Part of npm run lint: checks that src keeps to the import laws, and finds circles of imports, also of types. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { importLaws, packageLaws } from "./import-laws.ts";

const root = fileURLToPath(new URL("../src/", import.meta.url));
const importOf = /(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g;

/** What each file of src imports: our own files by their path below src, packages by their name. */
export function readImports(): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  return new Map(files.sort().map((file) => [file, importsIn(file, readFileSync(join(root, file), "utf8"))]));
}

function importsIn(file: string, text: string): readonly string[] {
  const code = text.replace(/^\s*(?:\/?\*|\/\/).*$/gm, "");
  return [...code.matchAll(importOf)].map(([, name = ""]) =>
    name.startsWith(".") ? normalize(join(dirname(file), name)) : name,
  );
}

/** The folder of src that a file belongs to; "" for a file at its top. */
export function folderOf(file: string): string {
  return file.includes("/") ? (file.split("/")[0] as string) : "";
}

/** Every import that a law forbids, as a sentence. */
export function forbiddenImports(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...imports].flatMap(([file, names]) => names.flatMap((name) => problemOf(file, name) ?? []));
}

function problemOf(file: string, name: string): string | undefined {
  const folder = folderOf(file);
  const law = importLaws.find((one) => one.folder === folder);
  if (law === undefined) return `src/${file}: the folder "${folder}" has no law; add it to scripts/import-laws.ts`;
  if (name.endsWith(".ts")) {
    const other = folderOf(name);
    return other === folder || law.folders.includes(other) ? undefined : `src/${file} may not import src/${name}`;
  }
  if (name.startsWith("node:")) {
    const may = typeof law.node === "boolean" ? law.node : law.node.includes(file);
    return may ? undefined : `src/${file} may not import ${name}`;
  }
  const places = packageLaws[packageOf(name)];
  return places?.some((place) => place === file || place === folder)
    ? undefined
    : `src/${file} may not import the package ${name}`;
}

/** The name of the package of an import: "mqtt-packet" for "mqtt-packet/constants.js". */
function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Circles, each as its files in order. */
export function importCircles(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push(`a circle of imports: ${[...path.slice(start), file].join(" > ")}`);
    if (start >= 0 || done.has(file)) return;
    for (const name of imports.get(file) ?? []) if (imports.has(name)) visit(name, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return circles;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const imports = readImports();
  const problems = [...forbiddenImports(imports), ...importCircles(imports)];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${imports.size} files keep to the import laws`);
}
