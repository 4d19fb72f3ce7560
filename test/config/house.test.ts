import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { backends } from "../../src/gpio/index.ts";
import { checkScenario } from "../../src/scenario/read.ts";
import { kinds } from "../fakes/kinds.ts";

const bytesOf = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url));
const checked = () =>
  checkConfig("house.yaml", bytesOf("house.yaml"), { kinds, backends, environment: {}, hostname: "test" });

describe("examples/house.yaml", () => {
  it("has nothing wrong, and nothing that a reader has to be warned of", () => {
    const { problems, warnings } = checked();
    expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
  });

  it("has each kind of output, control and input", () => {
    const used = new Set(checked().config?.devices.map(({ kind }) => kind.kind));
    const moving = kinds.filter(({ group }) => ["output", "control", "input", "virtual"].includes(group));
    expect(moving.map(({ kind }) => kind).filter((kind) => !used.has(kind))).toEqual([]);
  });

  it("has a name, an area and a line of comment for each device", () => {
    const text = bytesOf("house.yaml").toString();
    for (const { id, name, area } of checked().config?.devices ?? []) {
      expect([id, name, area]).not.toContain(undefined);
      expect(text).toMatch(new RegExp(`\\n  # [A-Z].+\\.\\n  ${id}:\\n`));
    }
  });
});

describe("examples/house-scenario.yaml", () => {
  it("has nothing wrong, and looks at most devices of the house", () => {
    const devices = checked().config?.devices ?? [];
    const { scenario, problems } = checkScenario(
      "house-scenario.yaml",
      bytesOf("house-scenario.yaml"),
      { devices },
      {},
    );
    expect(problems).toEqual([]);
    const seen = new Set(scenario?.happenings.filter(({ verb }) => verb === "expect").map(({ device }) => device));
    expect(seen.size).toBeGreaterThan(devices.length * 0.75);
  });
});
