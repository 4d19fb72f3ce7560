/**
 * npm run build: puts src and every package that is plain JavaScript into a few files in dist. So the agent starts in a fraction of the
 * time, which saves many seconds on a Pi Zero until the relays are safe, and those packages need not be installed. Native packages are left
 * out: npm builds them on the machine that needs them. With --source-map it also writes the map for scripts/explain-trace.ts.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type TransformOptions } from "esbuild";
import { notices } from "./build/notices.ts";
import { type BundledModule, oneFile } from "./build/one-file.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const { optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  optionalDependencies: Record<string, string>;
};
/** Packages, or parts of them, that few runs need: each is a module of its own, which the program loads with `requireLate`. */
const lateModules = {
  "late:yaml": "yaml",
  "late:mqtt-ws": "mqtt/lib/connect/ws",
  "late:mqtt-tls": "mqtt/lib/connect/tls",
  "late:mqtt-tcp": "mqtt/lib/connect/tcp",
};

/**
 * Node.js keeps the text of all modules that it has loaded in memory, in one byte per letter if all letters are Latin. So names inside of
 * functions are short and there are no comments; scripts/explain-trace.ts finds the place of a defect all the same.
 */
const compact = {
  target: "node20",
  platform: "node",
  charset: "ascii",
  minify: true,
  lineLimit: 140,
  logLevel: "warning",
} satisfies BuildOptions & TransformOptions;
const common = {
  ...compact,
  absWorkingDir: root,
  bundle: true,
  write: false,
  outdir: dist,
  metafile: true,
  sourcemap: "inline",
  // mqtt.js reads with a copy of the streams of Node.js, which is for browsers.
  alias: {
    debug: "./scripts/build/no-debug.cjs",
    "worker-timers": "./scripts/build/no-worker-timers.cjs",
    "thread-stream": "./scripts/build/no-threads.cjs",
    worker_threads: "./scripts/build/no-threads.cjs",
    "readable-stream": "node:stream",
  },
  // Native packages, and optional parts of ws, which nobody installs.
  external: [...Object.keys(optionalDependencies), "bufferutil", "utf-8-validate", "late:*"],
} satisfies BuildOptions;

const program = await build({
  ...common,
  entryPoints: ["src/program.ts"],
  splitting: true,
  format: "esm",
  define: { requireLate: "require" },
});
const late = await Promise.all(
  Object.entries(lateModules).map(([name, entry]) =>
    build({ ...common, entryPoints: { [name]: entry }, format: "cjs" }),
  ),
);
const modules = [program, ...late].flatMap(({ outputFiles }, index) =>
  outputFiles.map(
    ({ path, text }): BundledModule => ({
      name: index === 0 ? basename(path) : basename(path, ".js"),
      text,
      format: index === 0 ? "esm" : "cjs",
    }),
  ),
);
const { text, table, map } = await oneFile(modules, compact);
const entries = await build({
  ...common,
  sourcemap: false,
  entryPoints: { main: "src/main.ts", "isolated-child": "src/runtime/machine/isolated-child.ts" },
  external: ["./program.ts"],
  format: "cjs",
  define: { builtTable: JSON.stringify(table), "import.meta.dirname": "__dirname", "import.meta.url": "__filename" },
});

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
writeFileSync(join(dist, "program.js"), text);
if (process.argv.includes("--source-map")) writeFileSync(join(dist, "program.js.map"), map);
// The package is one of ES modules, and Node.js takes 3 MB more for those.
writeFileSync(join(dist, "package.json"), '{ "type": "commonjs" }\n');
for (const file of entries.outputFiles) writeFileSync(file.path, file.text);
const inputs = [program, ...late, entries].flatMap(({ metafile }) => Object.keys(metafile.inputs));
writeFileSync(join(dist, "THIRD-PARTY-NOTICES.txt"), notices(root, inputs));
