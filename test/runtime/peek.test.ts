import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { machineFiles } from "../../src/runtime/machine/files.ts";

const folder = mkdtempSync(join(tmpdir(), "peek-"));
const path = (name: string) => join(folder, name);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe("a look at the beginning of a file", () => {
  it("gives all of a small file, and how long ago it was changed", async () => {
    writeFileSync(path("small"), "21.5\n");
    const before = Date.now() / 1000 - 3_600;
    utimesSync(path("small"), before, before);
    const { type, bytes, isWhole, ageMs } = await machineFiles.peek(path("small"), 5);
    expect([type, text(bytes), isWhole]).toEqual(["file", "21.5\n", true]);
    expect(Math.round(ageMs / 60_000)).toBe(60);
  });

  it("gives no more than was asked for of a large one", async () => {
    writeFileSync(path("large"), Buffer.alloc(10_000_000, "7"));
    const { bytes, isWhole } = await machineFiles.peek(path("large"), 10);
    expect([text(bytes), isWhole]).toEqual(["7777777777", false]);
  });

  it("reads files of /proc, which have no length", async () => {
    const { type, bytes } = await machineFiles.peek("/proc/self/stat", 10_000);
    expect([type, text(bytes).length > 20]).toEqual(["file", true]);
    // This one is longer than a page, and comes in pieces. What is near its end is the stack.
    const long = await machineFiles.peek("/proc/self/maps", 1_000_000);
    expect([long.isWhole, text(long.bytes).split("\n").at(-1)]).toEqual([true, ""]);
    expect(text(long.bytes)).toContain("[stack]");
  });

  it("does not wait for a pipe into which nobody writes, and opens no device", async () => {
    execFileSync("mkfifo", [path("pipe")]);
    const looks = ["pipe", "pipe", "pipe", "pipe", "pipe", "pipe"].map((name) => machineFiles.peek(path(name), 10));
    // There are four threads for files. If they waited, none would be left for this one.
    expect(await machineFiles.readText("/proc/self/comm")).not.toBe("");
    expect((await Promise.all(looks)).map(({ type }) => type)).toEqual(Array.from({ length: 6 }, () => "other"));
    expect(await machineFiles.peek("/dev/zero", 10)).toMatchObject({ type: "other", isWhole: true });
  });

  it("knows a folder, and says what is not there", async () => {
    mkdirSync(path("folder"));
    expect(await machineFiles.peek(path("folder"), 10)).toMatchObject({ type: "folder" });
    await expect(machineFiles.peek(path("nothing"), 10)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
