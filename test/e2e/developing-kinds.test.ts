import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksIn, readPages, root } from "./pages.ts";

const page = readPages().find(({ file }) => file === "docs/developing-kinds.md");
const blocks = blocksIn(page?.text ?? "", "ts");
const registry = "src/devices/index.ts";
const kindFiles = blocks.filter(({ title }) => title.startsWith("src/devices/") && title !== registry);
const trees = blocksIn(page?.text ?? "", "yaml").filter(({ title }) => title.startsWith("test/parts/trees/"));
const testFiles = blocks.filter(({ title }) => title.startsWith("test/"));
const stepLimitMs = 240_000;

/** What a stranger has: the repository as it is, with what npm has installed. */
const copied = [
  ".biome.json",
  ".gitignore",
  "README.md",
  "devices.yaml",
  "docs",
  "package.json",
  "schema",
  "scripts",
  "src",
  "test",
];

describe("the kinds of docs/developing-kinds.md, added as the page says", () => {
  const folder = mkdtempSync(join(tmpdir(), "pi2mqtt-stranger-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(() => {
    for (const name of [...copied, "tsconfig.json"]) cpSync(join(root, name), join(folder, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    for (const { title, block } of blocks) {
      if (title !== registry) writeFileSync(join(folder, title), block);
      else writeFileSync(join(folder, registry), withLine(readFileSync(join(folder, registry), "utf8"), block));
    }
    for (const { title, block } of trees) writeFileSync(join(folder, title), block);
    const small = { extends: "./tsconfig.json", include: ["src/devices", ...testFiles.map(({ title }) => title)] };
    writeFileSync(join(folder, "tsconfig.small.json"), JSON.stringify(small));
  });

  const run = (line: string) => {
    // Golden files that are missing are written, as on a person's machine.
    const environment = { ...process.env, CI: "" };
    const { status, stdout, stderr } = spawnSync("sh", ["-c", `PATH="node_modules/.bin:$PATH" ${line}`], {
      cwd: folder,
      encoding: "utf8",
      env: environment,
    });
    expect(status, `${stdout}\n${stderr}`.slice(-4_000)).toBe(0);
  };

  it("are four files and four lines", () => {
    expect(kindFiles).toHaveLength(4);
    expect(blocks.filter(({ title }) => title === registry)).toHaveLength(4);
    expect(blocks.filter(({ title }) => title === "")).toEqual([]);
  });

  it("come into the reference and the schema by npm run generate", { timeout: stepLimitMs }, () => {
    run("tsx scripts/generate.ts");
    const reference = readFileSync(join(folder, "src/devices/README.md"), "utf8");
    for (const kind of ["tmp108", "load_average", "door_opener", "vent_fan"])
      expect(reference).toContain(`## ${kind}\n`);
  });

  it("pass npm run lint", { timeout: stepLimitMs }, () => {
    run(`biome check --error-on-warnings src/devices ${testFiles.map(({ title }) => title).join(" ")}`);
    run("tsx scripts/check-imports.ts");
  });

  it("pass npm run types", { timeout: stepLimitMs }, () => run("tsc --project tsconfig.small.json"));

  it("pass the tests that come for free, and their own", { timeout: stepLimitMs }, () => {
    const tests = [
      "test/parts",
      "test/contract/kinds.test.ts",
      "test/contract/laws.test.ts",
      "test/homeassistant/discovery.test.ts",
    ];
    run(`vitest run --config test/vitest.config.ts ${[...tests, ...testFiles.map(({ title }) => title)].join(" ")}`);
  });
});

/** The registry with one more line, in the order of the alphabet. */
function withLine(text: string, line: string): string {
  const isEntry = (one: string) => /^ {2}\w+: \(\) => import/.test(one);
  const lines = text.split("\n");
  const entries = [...lines.filter(isEntry), line.trimEnd()].sort();
  const first = lines.findIndex(isEntry);
  return [...lines.slice(0, first), ...entries, ...lines.slice(first).filter((one) => !isEntry(one))].join("\n");
}
