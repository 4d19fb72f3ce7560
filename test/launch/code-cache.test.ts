import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { CodeCache } from "../../src/launch/code-cache.ts";

const source = `(function () { ${"return 1 + 2; ".repeat(50)} })`;
const compiled = (cachedData?: Buffer) =>
  new Script(source, { filename: "program.js", ...(cachedData && { cachedData }) });

function folders() {
  const program = mkdtempSync(join(tmpdir(), "pi2mqtt-program-"));
  const given = mkdtempSync(join(tmpdir(), "pi2mqtt-cache-"));
  return {
    program: join(program, "program.js"),
    beside: join(program, "program.cache"),
    given,
    inGiven: join(given, "program.cache"),
  };
}

async function written(program: string, given?: string): Promise<void> {
  await new CodeCache("id", program, given).write(
    new Map([
      ["one", compiled()],
      ["two", compiled()],
    ]),
  );
}

describe("the cache of compiled code", () => {
  it("gives V8 code that it accepts", async () => {
    const { program } = folders();
    await written(program);
    const cache = new CodeCache("id", program, undefined);
    const code = cache.codeOf("two");
    expect(code).toBeDefined();
    expect(compiled(code).cachedDataRejected).toBe(false);
    expect(cache.codeOf("three")).toBeUndefined();
  });

  it("is in the folder that systemd gives, else beside the program", async () => {
    const { program, beside, given, inGiven } = folders();
    await written(program, given);
    expect([existsSync(inGiven), existsSync(beside)]).toEqual([true, false]);
    expect(new CodeCache("id", program, given).codeOf("one")).toBeDefined();
    await written(program);
    expect(existsSync(beside)).toBe(true);
    expect(new CodeCache("id", program, join(given, "missing")).codeOf("one")).toBeDefined();
  });

  it("is not used for another program", async () => {
    const { program } = folders();
    await written(program);
    expect(new CodeCache("other", program, undefined).codeOf("one")).toBeUndefined();
  });

  it.each([
    [
      "has a byte that changed",
      (file: string) => {
        const bytes = readFileSync(file);
        bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
    ],
    ["was cut off", (file: string) => truncateSync(file, readFileSync(file).length - 8)],
    ["is empty", (file: string) => truncateSync(file, 0)],
    ["others can write", (file: string) => chmodSync(file, 0o666)],
  ])("is not used when its file %s", async (_what, spoil) => {
    const { program, beside } = folders();
    await written(program);
    spoil(beside);
    expect(new CodeCache("id", program, undefined).codeOf("one")).toBeUndefined();
  });

  it("keeps the code of modules that this run did not need", async () => {
    const { program } = folders();
    await written(program);
    await new CodeCache("id", program, undefined).write(new Map([["three", compiled()]]));
    const cache = new CodeCache("id", program, undefined);
    expect(["one", "two", "three"].filter((name) => compiled(cache.codeOf(name)).cachedDataRejected === false)).toEqual(
      ["one", "two", "three"],
    );
  });

  it("leaves nothing behind where it cannot be written", async () => {
    const { program } = folders();
    await expect(written(join(program, "missing", "program.js"))).resolves.toBeUndefined();
    const circle = join(program, "..", "circle");
    symlinkSync("circle", circle);
    await written(program, circle);
    rmSync(circle);
    expect(readdirSync(join(program, ".."))).toEqual(["program.cache"]);
  });
});
