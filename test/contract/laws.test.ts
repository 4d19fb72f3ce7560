import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { derivedMeasures } from "../../src/core/derived/index.ts";
import { filterKinds } from "../../src/core/filters/index.ts";
import { pinUses } from "../../src/core/hardware/gpio.ts";
import { backends } from "../../src/gpio/index.ts";
import { kinds } from "../fakes/kinds.ts";

const folder = (name: string) => readdirSync(new URL(`../../src/${name}/`, import.meta.url));
const exportsOf = async (backend: string) => Object.values(await import(`../../src/gpio/${backend}.ts`));

describe("the registry of kinds", () => {
  const files = folder("devices").filter((name) => name.endsWith(".ts") && name !== "index.ts");

  it("has one line for each file, and one file for each line", () => {
    expect(kinds.map(({ kind }) => `${kind.replaceAll("_", "-")}.ts`).sort()).toEqual(files.sort());
  });

  it.each(kinds)("finds $kind in the file of its name, under its name", async ({ kind }) => {
    const name = kind.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase());
    const module = (await import(`../../src/devices/${kind.replaceAll("_", "-")}.ts`)) as Record<string, unknown>;
    expect(module[name]).toBe(kinds.find((candidate) => candidate.kind === kind));
  });

  it("keeps the state of a kind that takes no commands on its topic, where it stays should the kind gain one", () => {
    for (const { command, reports } of kinds) if (command === undefined) expect(reports).toBe(true);
  });

  it("names kinds in snake_case, in the order of the alphabet", () => {
    const names = kinds.map(({ kind }) => kind);
    expect(names).toEqual([...names].sort());
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
  });
});

/** The names that files of filters and derived measures have, from the lowest to the highest. */
const namesOf = (files: readonly string[]) => files.map((file) => file.slice(0, -3).replaceAll("-", "_")).sort();

describe("the registry of filters", () => {
  const shared = ["again.ts", "datapoints.ts", "window.ts"];
  const folders = folder("core/filters").filter((name) => !name.includes("."));
  const files = folders.flatMap((name) => folder(`core/filters/${name}`)).filter((name) => !shared.includes(name));

  it("has one line for each file, and one file for each line, in the order of the alphabet", () => {
    expect(filterKinds.map(({ name }) => name)).toEqual(namesOf(files));
  });
});

describe("the registry of derived measures", () => {
  const others = ["derive.ts", "derived-measure.ts", "index.ts", "saturation.ts"];

  it("has one line for each file, and one file for each line, in the order of the alphabet", () => {
    const files = folder("core/derived").filter((name) => !others.includes(name));
    expect(derivedMeasures.map(({ name }) => name)).toEqual(namesOf(files));
  });
});

describe("the registry of backends", () => {
  it.each(backends)("finds $name in the file of its name", async (backend) => {
    expect(folder("gpio")).toContain(`${backend.name}.ts`);
    expect(await exportsOf(backend.name)).toContain(backend);
  });

  it("never chooses pretended pins by itself", () => {
    for (const use of pinUses)
      expect(backends.filter(({ automaticFor }) => automaticFor.includes(use)).map(({ name }) => name)).not.toContain(
        "simulated",
      );
  });

  it.each(backends)("chooses $name by itself only for what it can do", ({ automaticFor, uses }) => {
    expect(Object.keys(uses)).toEqual(expect.arrayContaining([...automaticFor]));
  });
});
