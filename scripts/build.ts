/**
 * npm run build: puts src and every package that is plain JavaScript into a few files in dist. So the agent starts in half the time,
 * which saves many seconds on a Pi Zero until the relays are safe, and those packages need not be installed. Native packages are left
 * out: npm builds them on the machine that needs them.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const { optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  optionalDependencies: Record<string, string>;
};

/** In the build, the package yaml is a file of its own: src/yaml/yaml-package.ts loads it only when it is needed. */
const yamlPackageFile = "./yaml.cjs";

rmSync(join(root, "dist"), { recursive: true, force: true });
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  // Node.js keeps the text of the whole program in memory: without comments and indentation it is a third smaller. Names stay, and
  // lines too, so that the place of a defect can be found.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 140,
  metafile: true,
  logLevel: "warning",
} as const;
const program = await build({
  ...common,
  entryPoints: { main: "src/main.ts", "isolated-child": "src/runtime/machine/isolated-child.ts" },
  outdir: "dist",
  splitting: true,
  format: "esm",
  define: { yamlPackageFile: JSON.stringify(yamlPackageFile) },
  // Optional parts of ws, which nobody installs.
  external: [...Object.keys(optionalDependencies), "bufferutil", "utf-8-validate"],
  alias: { debug: "./scripts/no-debug.cjs" },
  // CommonJS packages in an ES module still call require for Node's own modules, and ask for the name of their file.
  banner: {
    js: [
      'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
      "const __filename = import.meta.filename, __dirname = import.meta.dirname;",
    ].join(" "),
  },
});
const yaml = await build({ ...common, entryPoints: ["yaml"], outfile: join("dist", yamlPackageFile), format: "cjs" });
const inputs = [program, yaml].flatMap(({ metafile }) => Object.keys(metafile.inputs));
writeFileSync(join(root, "dist", "THIRD-PARTY-NOTICES.txt"), notices(inputs));

/** The licences of all packages in the bundle. The licences require that. */
function notices(inputs: readonly string[]): string {
  const folders = new Set(inputs.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]));
  const texts = [...folders].flatMap((folder) => (folder === undefined ? [] : [notice(join(root, folder))]));
  return texts.sort().join(`\n${"-".repeat(80)}\n\n`);
}

function notice(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<
    string,
    string
  >;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : "";
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
