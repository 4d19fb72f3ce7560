import { describe, expect, it } from "vitest";
import { checked } from "../config/checked.ts";
import { startFailing, startSensor } from "../fakes/sensor.ts";
import { FakeTree, systemError } from "../fakes/tree.ts";

const path = "/run/tank/level.json";
const level = "measures: {level: {unit: cm, device_class: distance, digits: 0}}";
const read = (tree: FakeTree, options = level) => startSensor(`kind: file, path: ${path}, ${options}`, { files: tree });
const fail = (tree: FakeTree, options = level) =>
  startFailing(`kind: file, path: ${path}, ${options}`, { files: tree });

describe("a file", () => {
  it.each([
    ["121.6\n", level, { level: 122 }],
    ['{"level": 121.6, "unit": "cm"}', level, { level: 122 }],
    ["MemFree:  1234 kB\n", "measures: {free: {after: 'MemFree:', digits: 0}}", { free: 1234 }],
  ])("that holds %j is read to what is published", async (text, options, reading) => {
    const sensor = await read(new FakeTree({ [path]: text }), options);
    expect(sensor.reading()).toEqual(reading);
    expect(sensor.log.at("warn")).toEqual([]);
  });

  const pipe = () => {
    const tree = new FakeTree();
    tree.pipes.add(path);
    return tree;
  };
  const failing = (code: string) =>
    new FakeTree({
      [path]: () => {
        throw systemError(code);
      },
    });

  it.each([
    ["that is empty", new FakeTree({ [path]: "\n" }), `${path} holds nothing`],
    [
      "with garbage",
      new FakeTree({ [path]: new Uint8Array([0xff, 0x00]) }),
      expect.stringContaining("which is no number and no JSON"),
    ],
    ["that is missing", new FakeTree(), `there is no file ${path}; check its path, and the program that writes it`],
    ["that is a folder", new FakeTree({ [`${path}/a`]: "5" }), `${path} is a folder; name a file in it`],
    ["that is a pipe", pipe(), `${path} is a pipe or a device, which may have no end; name a file`],
    [
      "of 10 MB",
      new FakeTree({ [path]: "7".repeat(10_000_000) }),
      `${path} is larger than 64 KiB; name a file that holds a reading`,
    ],
    [
      "that may not be read",
      failing("EACCES"),
      expect.stringContaining(`${path} may not be read (EACCES); let the user of the agent read it`),
    ],
    ["on a bad disk", failing("EIO"), `${path} cannot be read (EIO)`],
  ])("%s is a sentence, and no value", async (_what, tree, sentence) => {
    const sensor = await fail(tree);
    expect(sensor.warnings).toEqual([sentence]);
    expect(sensor.isKnown).toBe(false);
  });

  it.each([
    [600_000, undefined],
    [600_001, `${path} was written 600 s ago; check the program that writes it`],
    [3_600_000, `${path} was written 3600 s ago; check the program that writes it`],
    [-660_000, `${path} is 660 s newer than the time of this machine; check both`],
  ])("may be as old as max_age: %i ms", async (ageMs, sentence) => {
    const tree = new FakeTree({ [path]: "5" });
    tree.ages.set(path, ageMs);
    const sensor = await fail(tree, `${level}, max_age: 10m`);
    expect(sensor.warnings).toEqual(sentence === undefined ? [] : [sentence]);
    expect(sensor.isKnown).toBe(sentence === undefined);
  });

  it("comes back when somebody writes it again", async () => {
    const tree = new FakeTree({ [path]: "5" });
    const { bus, clock } = await read(tree, `${level}, every: 10s`);
    tree.files.delete(path);
    await clock.advance(60_000);
    expect(bus.retained.get("it/availability")).toBe("offline");
    tree.files.set(path, "6");
    await clock.advance(120_000);
    expect(bus.retained.get("it/availability")).toBe("online");
  });

  it.each(["level.json", "/", "/run/", "5"])("needs its whole path, not %s", (written) => {
    const { problems } = checked(`devices:\n  it: {kind: file, topic: t, path: "${written}"}\n`);
    expect(problems).toEqual([expect.stringContaining("is not the whole path of a file; write it from the first /")]);
  });
});
