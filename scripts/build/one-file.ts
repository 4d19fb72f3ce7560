import { createHash } from "node:crypto";
import { type TransformOptions, transform } from "esbuild";
import type { BuiltTable, ModulePlace } from "../../src/launch/built-program.ts";

/** A module of the program, as esbuild has bundled it. */
export interface BundledModule {
  readonly name: string;
  readonly text: string;
  readonly format: "esm" | "cjs";
}

/** The file of all modules, and where each is. */
export interface OneFile {
  readonly text: string;
  readonly table: BuiltTable;
  /** The source map of the file, for scripts/explain-trace.ts. */
  readonly map: string;
}

/** What src/launch/built-program.ts calls each module with. */
const parameters = "exports, require, module, __filename, __dirname";
/** An import that is carried out when it is reached. */
const lateImport = /\bimport\(\s*("\.\/[^"]+")\s*\)/g;
const ownRequire = /\brequire\("\.\/([^"]+)"\)/g;

/** Puts all modules into one file, each as a function that CommonJS knows. The file has no character beyond ASCII. */
export async function oneFile(modules: readonly BundledModule[], options: TransformOptions): Promise<OneFile> {
  const places: Record<string, ModulePlace> = {};
  const sections: { offset: { line: number; column: number }; map: unknown }[] = [];
  let text = "";
  let line = 0;
  for (const module of modules) {
    const { code, map } = await asFunction(module, options);
    places[module.name] = { offset: text.length, length: code.length, line };
    sections.push({ offset: { line: line + 1, column: 0 }, map: JSON.parse(map) });
    text += code;
    line += code.split("\n").length - 1;
  }
  const id = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return { text, table: { id, modules: places }, map: JSON.stringify({ version: 3, sections }) };
}

async function asFunction({ name, text, format }: BundledModule, options: TransformOptions) {
  const source = text.replace(lateImport, "Promise.resolve().then(() => require($1))");
  const { code, map } = await transform(source, {
    ...options,
    format: "cjs",
    sourcemap: "external",
    sourcefile: name,
    define: { "import.meta.url": "importMetaUrl" },
    ...(format === "cjs" && { define: {} }),
  });
  const place = code.includes("importMetaUrl")
    ? 'const importMetaUrl=require("node:url").pathToFileURL(__filename).href;\n'
    : "\n";
  return { code: onlyAscii(`(function(${parameters}){${place}${code.replace(ownRequire, 'require("$1")')}})\n`), map };
}

/** esbuild writes strings in ASCII, but not regular expressions. */
function onlyAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
