import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { editorSchema } from "../../src/config/reference.ts";
import { type DeviceKind, exampleDevices } from "../../src/core/kind.ts";
import { backends } from "../../src/gpio/index.ts";
import { kinds } from "../fakes/kinds.ts";

const text = editorSchema(
  kinds,
  backends.map(({ name }) => name),
);
const schema = z.fromJSONSchema(JSON.parse(text));
const problemsOf = (file: unknown) => schema.safeParse(file).error?.issues ?? [];
const root = new URL("../../", import.meta.url);
/** A device on I2C with every option that a sensor can have, changed by the test. */
const climate = (more: object) => ({ devices: { it: { kind: "bme280", topic: "home/it", ...more } } });

/** Each devices.yaml that stands in a page, by the page and its number there. */
function filesIn(page: string): readonly [string, unknown][] {
  const blocks = [...readFileSync(new URL(page, root), "utf8").matchAll(/```yaml\n([\s\S]*?)```/g)];
  return blocks.flatMap(([, yaml = ""], index) => {
    if (!/^devices:/m.test(yaml)) return [];
    return [[`${page}, block ${index + 1}`, parse(yaml)] as [string, unknown]];
  });
}

describe.each(kinds)("an editor with the schema, about the kind $kind", (kind: DeviceKind) => {
  it("marks nothing in its example", () => {
    expect(problemsOf({ devices: exampleDevices("it", kind) })).toEqual([]);
  });

  it("marks an option that the kind has not", () => {
    const { it = {}, ...neighbours } = exampleDevices("it", kind);
    expect(problemsOf({ devices: { ...neighbours, it: { ...it, nonsense: 1 } } })).not.toEqual([]);
  });
});

describe("an editor with the schema", () => {
  it.each(["devices.yaml", "examples/house.yaml", "examples/sensors.yaml"])("marks nothing in %s", (file) => {
    expect(problemsOf(parse(readFileSync(new URL(file, root), "utf8")))).toEqual([]);
  });

  it.each([...filesIn("src/devices/README.md"), ...filesIn("docs/readings.md")])(
    "marks nothing in %s",
    (_place, file) => {
      expect(problemsOf(file)).toEqual([]);
    },
  );

  it.each([
    ["a filter that does not exist", { filters: { temperature: [{ ofset: 1 }] } }],
    ["an option that a filter has not", { filters: { temperature: [{ median: { window: 5 } }] } }],
    ["a measure that the kind has not", { filters: { temprature: [{ offset: 1 }] } }],
    ["something that cannot be derived", { derive: ["dewpoint"] }],
    ["a word that an option has not", { publish: "sometimes" }],
  ])("marks %s", (_what, wrong) => {
    expect(problemsOf(climate(wrong))).not.toEqual([]);
  });

  it("marks nothing in what is done with readings", () => {
    const filters = { temperature: [{ offset: -0.4 }, { median: { window_size: 5 } }], dew_point: [{ round: 0 }] };
    expect(problemsOf(climate({ filters, derive: ["dew_point"], quality: true, publish: "on_change" }))).toEqual([]);
  });

  it("is small enough to be loaded at each start of an editor", () => {
    // Filters stand in it once: once for each measure of each kind they would make it six times as large.
    expect(Buffer.byteLength(JSON.stringify(JSON.parse(text)))).toBeLessThan(800_000);
  });
});
