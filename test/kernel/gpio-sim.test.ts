import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { persistOutputs, SimulatedChip } from "./gpio-sim.ts";

const line = 17;

describe("a simulated chip of the kernel lab", () => {
  let chip: SimulatedChip;
  beforeEach(() => {
    chip = new SimulatedChip({
      label: "pinctrl-bcm2711",
      hogs: { 4: { name: "onewire@0", direction: "output-high" } },
    });
  });
  afterEach(() => chip.remove());

  const attribute = (name: string) => `/sys/class/gpio/gpio${chip.base + line}/${name}`;
  const set = (name: string, value: string) => writeFileSync(attribute(name), value);
  const get = (name: string) => readFileSync(attribute(name), "utf8").trim();
  const seen = () => ({ level: chip.level(line), changes: chip.changes(line) });

  it("counts each change of a level, and nothing else", () => {
    expect(seen()).toEqual({ level: 0, changes: 0 });
    chip.exportLine(line);
    set("direction", "high");
    expect(seen()).toEqual({ level: 1, changes: 1 });
    set("value", "1");
    expect(seen()).toEqual({ level: 1, changes: 1 });
    set("value", "0");
    set("value", "1");
    expect(seen()).toEqual({ level: 1, changes: 3 });
  });

  it("notes when each change was, by the clock that Node.js has too", () => {
    const before = process.hrtime.bigint();
    for (const level of [1, 0, 1] as const) chip.drive(line, level);
    const after = process.hrtime.bigint();
    const noted = chip.history(line);
    expect(noted.map(({ number, level }) => [number, level])).toEqual([
      [1, 1],
      [2, 0],
      [3, 1],
    ]);
    const times = [before, ...noted.map(({ atNs }) => atNs), after];
    expect(times).toEqual(times.toSorted((one, other) => Number(one - other)));
    expect(chip.history(4)).toHaveLength(1);
  });

  it("keeps the last 128 of its notes", () => {
    for (let change = 1; change <= 300; change += 1) chip.drive(line, change % 2 === 1 ? 1 : 0);
    const numbers = chip.history(line).map(({ number }) => number);
    expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([128, 173, 300]);
  });

  it("lets a wire move an input, but not an output", () => {
    chip.exportLine(line);
    set("direction", "in");
    chip.drive(line, 1);
    expect(seen()).toEqual({ level: 1, changes: 1 });
    set("direction", "low");
    chip.drive(line, 0);
    chip.drive(line, 1);
    expect(seen()).toEqual({ level: 0, changes: 2 });
    set("direction", "in");
    expect(seen()).toEqual({ level: 1, changes: 3 });
  });

  it("keeps a released output where outputs persist, as it is on Raspberry Pi OS", () => {
    persistOutputs(true);
    chip.exportLine(line);
    set("direction", "high");
    chip.unexportLine(line);
    expect(seen()).toEqual({ level: 1, changes: 1 });
    chip.drive(line, 0);
    chip.exportLine(line);
    expect(get("direction")).toBe("out");
    expect(seen()).toEqual({ level: 1, changes: 1 });
  });

  it("makes a released output an input where they do not, as with mainline kernels", () => {
    persistOutputs(false);
    chip.exportLine(line);
    set("direction", "high");
    chip.unexportLine(line);
    expect(seen()).toEqual({ level: 0, changes: 2 });
    chip.exportLine(line);
    expect(get("direction")).toBe("in");
  });

  it("refuses a line that a driver holds", () => {
    expect(chip.level(4)).toBe(1);
    expect(() => chip.exportLine(4)).toThrow("EBUSY");
  });

  it("takes its lines with it when it is unplugged, and brings fresh ones", () => {
    chip.exportLine(line);
    set("direction", "high");
    const file = attribute("value");
    chip.unplug();
    expect(existsSync(file)).toBe(false);
    chip.plug();
    expect(existsSync(`/dev/${chip.name}`)).toBe(true);
    expect(seen()).toEqual({ level: 0, changes: 0 });
  });

  it("moves up where another chip was there first", () => {
    const base = chip.base;
    const second = new SimulatedChip({ label: "gpio-fan", lines: 8 });
    expect(second.base).toBe(base + chip.lines);
    expect(second.name).not.toBe(chip.name);
    second.remove();
  });
});
