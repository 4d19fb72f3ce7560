import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { staleBuild } from "./built.ts";

describe("a build", () => {
  const folder = mkdtempSync(join(tmpdir(), "pi2mqtt-built-"));
  const [dist, src] = [join(folder, "dist"), join(folder, "src")];
  mkdirSync(dist);
  mkdirSync(join(src, "deep"), { recursive: true });
  const write = (file: string, seconds: number) => {
    writeFileSync(file, "");
    utimesSync(file, seconds, seconds);
  };

  it("is missing, is older than one file of src, or is of this src", () => {
    write(join(src, "deep", "a.ts"), 100);
    utimesSync(join(src, "deep"), 1, 1);
    expect(staleBuild(dist, src)).toBe("missing");
    write(join(dist, "main.js"), 99);
    expect(staleBuild(dist, src)).toBe("older than src");
    write(join(dist, "main.js"), 101);
    expect(staleBuild(dist, src)).toBeUndefined();
  });
});
