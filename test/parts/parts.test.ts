import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import type { DeviceKind } from "../../src/core/kind.ts";
import { driftsOf } from "../../src/core/simulation/pretend.ts";
import { kindFiles } from "../../src/devices/index.ts";
import { kinds } from "../fakes/kinds.ts";
import { startSensor } from "../fakes/sensor.ts";
import { FakeTree } from "../fakes/tree.ts";

/**
 * What a driver of the kernel shows of a part, and what is published of it. Each part has such a file in `trees`, with the same name as its
 * kind, or that name, a point and a word where it has several. Its first line names the source of the driver and the kernel's version.
 */
interface PartTree {
  /** The options besides `kind` and `topic`. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** The texts of the files, by folder and name. */
  readonly files: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
  /** What is published, without the time. */
  readonly reading: Readonly<Record<string, unknown>>;
}

const folder = new URL("trees/", import.meta.url);
const trees = readdirSync(folder);

it("there is one for each kind that is read through files of the kernel", () => {
  const isReadThroughFiles = ({ pretend, options, example }: DeviceKind) =>
    Object.keys(pretend?.files?.(z.object(options).parse(example), valuesOf(pretend, example)) ?? {}).some((path) =>
      path.startsWith("/sys/bus/"),
    );
  const shown = trees.map((name) => name.split(".")[0]);
  const withoutTree = kinds
    .filter(isReadThroughFiles)
    .map(({ kind }) => kind)
    .filter((kind) => !shown.includes(kind));
  expect(withoutTree).toEqual([]);
});

/** A value for each measure, in the middle of its drift. */
function valuesOf(pretend: DeviceKind["pretend"], options: DeviceKind["example"]): Record<string, number> {
  return Object.fromEntries(Object.entries(driftsOf(pretend, options)).map(([name, { middle }]) => [name, middle]));
}

describe.each(trees)("%s", (name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  const { options = {}, files, reading } = parse(text) as PartTree;
  const [kind = ""] = name.split(".");

  it("says where it comes from", () => {
    expect(text).toMatch(/^# .*\.c\b.*, Linux \d+\.\d+/);
    expect(Object.keys(kindFiles)).toContain(kind);
  });

  it("is read to what is published", async () => {
    const tree = new FakeTree(
      Object.fromEntries(
        Object.entries(files).flatMap(([of, texts]) =>
          Object.entries(texts).map(([file, content]) => [`${of}/${file}`, `${content}\n`]),
        ),
      ),
    );
    const written = JSON.stringify({ kind, ...options }).slice(1, -1);
    const sensor = await startSensor(written, { files: tree });
    expect(sensor.reading()).toEqual(reading);
    expect(sensor.log.at("warn")).toEqual([]);
  });
});
