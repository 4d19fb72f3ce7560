import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type BundledModule, oneFile } from "../../scripts/build/one-file.ts";
import { BuiltProgram } from "../../src/launch/built-program.ts";
import { CodeCache } from "../../src/launch/code-cache.ts";

const modules: readonly BundledModule[] = [
  {
    name: "program.js",
    format: "esm",
    text: [
      'import { half } from "./chunk.js";',
      'import { basename } from "node:path";',
      "export const degree = (text) => /^\\d+ °C$/.test(text);",
      "export const quarter = (number) => half(half(number));",
      'export const late = () => import("./late.js");',
      "export const place = basename(import.meta.url);",
      "export function fail() {",
      '  throw new Error("on purpose");',
      "}",
    ].join("\n"),
  },
  { name: "chunk.js", format: "esm", text: "export const half = (number) => number / 2;" },
  {
    name: "late.js",
    format: "esm",
    text: 'import { degree } from "./program.js"; export const found = degree("21 °C");',
  },
  { name: "package", format: "cjs", text: "exports.size = 7;" },
];

interface Program {
  readonly degree: (text: string) => boolean;
  readonly quarter: (number: number) => number;
  readonly late: () => Promise<{ found: boolean }>;
  readonly place: string;
  readonly fail: () => never;
}

async function built() {
  const file = join(mkdtempSync(join(tmpdir(), "pi2mqtt-built-")), "program.js");
  const { text, table } = await oneFile(modules, { minify: true, charset: "ascii" });
  writeFileSync(file, text);
  const open = () => {
    const cache = new CodeCache(table.id, file, undefined);
    return { cache, program: new BuiltProgram(file, table, cache, createRequire(import.meta.url)) };
  };
  return { file, text, open };
}

describe("the program as it is built", () => {
  it("loads modules of the file, of Node.js, and late ones", async () => {
    const { program } = (await built()).open();
    const { quarter, degree, late, place } = program.load("program.js") as Program;
    expect([quarter(8), degree("21 °C"), degree("21 C"), place]).toEqual([2, true, false, "program.js"]);
    expect((await late()).found).toBe(true);
    expect(program.load("package")).toEqual({ size: 7 });
    expect(() => program.load("no-such-package")).toThrow("Cannot find module 'no-such-package'");
  });

  it("has one letter per byte", async () => {
    expect((await built()).text).toMatch(/^[\0-\x7f]*$/);
  });

  it("says the line of the file in which something failed", async () => {
    const { file, text, open } = await built();
    const { fail } = open().program.load("program.js") as Program;
    const line = /program\.js:(\d+):\d+/.exec(String(expectError(fail).stack))?.[1];
    expect(text.split("\n")[Number(line) - 1]).toContain("on purpose");
    expect(String(expectError(fail).stack)).toContain(file);
  });

  it("takes the code of the second start from the cache", async () => {
    const { open } = await built();
    const first = open();
    expect(first.cache.codeOf("chunk.js")).toBeUndefined();
    first.program.load("program.js");
    await first.program.settle();
    const second = open();
    expect(second.cache.codeOf("chunk.js")).toBeDefined();
    expect((second.program.load("program.js") as Program).quarter(8)).toBe(2);
  });
});

function expectError(task: () => never): Error {
  try {
    return task();
  } catch (error) {
    return error as Error;
  }
}
