import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { checkRules } from "../../src/config/rules/check-rules.ts";
import { backends } from "../../src/gpio/index.ts";
import { checkScenario } from "../../src/scenario/read.ts";
import { kinds } from "../fakes/kinds.ts";

const bytesOf = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url));
const checked = (file = "house.yaml") =>
  checkConfig(file, bytesOf(file), { kinds, checkRules, backends, environment: {}, hostname: "test" });

describe.each(["house", "sensors"])("examples/%s.yaml", (name) => {
  it("has nothing wrong, and nothing that a reader has to be warned of", () => {
    const { problems, warnings } = checked(`${name}.yaml`);
    expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
  });

  it("has a name, an area and a line of comment for each device", () => {
    const text = bytesOf(`${name}.yaml`).toString();
    for (const { id, name: shown, area } of checked(`${name}.yaml`).config?.devices ?? []) {
      expect([id, shown, area]).not.toContain(undefined);
      expect(text).toMatch(new RegExp(`\\n  # [A-Z].+\\.\\n  ${id}:\\n`));
    }
  });
});

describe("examples/house.yaml", () => {
  it("has each kind of output, control and input", () => {
    const used = new Set(checked().config?.devices.map(({ kind }) => kind.kind));
    const moving = kinds.filter(({ group }) => ["output", "control", "input", "virtual"].includes(group));
    expect(moving.map(({ kind }) => kind).filter((kind) => !used.has(kind))).toEqual([]);
  });
});

describe.each(["house", "sensors"])("examples/%s-scenario.yaml", (name) => {
  it("has nothing wrong, and looks at most devices", () => {
    const { devices = [], rules = [] } = checked(`${name}.yaml`).config ?? {};
    const file = `${name}-scenario.yaml`;
    const { scenario, problems } = checkScenario(
      file,
      bytesOf(file),
      { devices, rules: rules.map(({ id }) => id) },
      {},
    );
    expect(problems).toEqual([]);
    const seen = new Set(scenario?.happenings.flatMap((one) => (one.verb === "expect" ? [one.device] : [])));
    expect(seen.size).toBeGreaterThan(devices.length * 0.75);
  });
});
