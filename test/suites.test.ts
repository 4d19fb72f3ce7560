import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ownSuites, slowTests } from "./suites.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
const ci = readFileSync(join(root, ".ci", "run"), "utf8");

describe("no suite is forgotten", () => {
  it.each(ownSuites)("test/%s has a script of its own", (name) => {
    expect(existsSync(join(root, "test", name))).toBe(true);
    expect(scripts[`test:${name}`]).toContain(`test/${name}/`);
  });

  it.each(Object.keys(scripts).filter((name) => name.startsWith("test:") && name !== "test:fast"))(
    ".ci/run runs %s, nothing skipped",
    (name) => expect(ci).toMatch(new RegExp(`^TEST_EVERYTHING=1 npm run ${name}$`, "m")),
  );

  it("has the slow tests that it names", () => {
    const named = slowTests.filter((file) => !file.includes("*"));
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it("has the lab's own files only where the service is tried", () => {
    const files = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" });
    const strangers = files.filter((file) => file.endsWith(".lab.ts") && !file.startsWith("service"));
    expect(strangers).toEqual([]);
  });
});
