import { describe, expect, it } from "vitest";
import { withClaims } from "../../src/gpio/claims.ts";
import { backends } from "../../src/gpio/index.ts";
import { onoffBench, simulatedBench } from "../fakes/benches.ts";

const benches = [simulatedBench, onoffBench];
const asInput = { pull: "up", onEdge: () => {}, onError: () => {} } as const;

it("puts every backend on the bench", () => {
  expect(benches.map((bench) => bench().name).sort()).toEqual(backends.map(({ name }) => name).sort());
});

describe.each(benches.map((bench) => ({ name: bench().name, bench })))("the backend $name", ({ bench }) => {
  it("claims nothing when it is opened", async () => {
    const { open, history } = bench();
    await open();
    expect(history(17)).toEqual([]);
  });

  it.each([0, 1] as const)("begins an output at level %i without a flicker", async (initial) => {
    const { open, level, history } = bench();
    const line = await (await open()).output(17, { initial, keep: false });
    expect(level(17)).toBe(initial);
    expect(line.read()).toBe(initial);
    // An input may have floated low before; after the first 1 there is no 0, after the first claim no 1.
    expect([...history(17)].filter((one) => one !== 0)).toEqual(initial === 1 ? [1] : []);
  });

  it("drives the pin before write returns", async () => {
    const { open, level } = bench();
    const line = await (await open()).output(17, { initial: 0, keep: false });
    line.write(1);
    expect(level(17)).toBe(1);
    expect(line.read()).toBe(1);
    line.write(0);
    expect(level(17)).toBe(0);
  });

  it("leaves an output driven when it is closed, and takes it up again", async () => {
    const { open, level, history } = bench();
    const bank = await open();
    const line = await bank.output(17, { initial: 1, keep: false });
    await line.close();
    expect(level(17)).toBe(1);
    const before = history(17).length;
    const again = await bank.output(17, { initial: 0, keep: true });
    expect(again.read()).toBe(1);
    expect(history(17)).toHaveLength(before);
    again.write(0);
    expect(level(17)).toBe(0);
  });

  it("keeps the level of an earlier process without a click", async () => {
    const { open, history } = bench();
    const line = await (await open()).output(17, { initial: 1, keep: false });
    line.write(1);
    const before = history(17).length;
    const kept = await (await open()).output(17, { initial: 0, keep: true });
    expect(kept.read()).toBe(1);
    expect(history(17)).toHaveLength(before);
  });

  it("begins at the initial level where there is nothing to keep", async () => {
    const { open, level } = bench();
    await (await open()).output(17, { initial: 1, keep: true });
    expect(level(17)).toBe(1);
  });

  it("tells of each edge of an input", async () => {
    const { open, drive } = bench();
    let edges = 0;
    const onEdge = () => {
      edges += 1;
    };
    const line = await (await open()).input(5, { ...asInput, pull: "none", onEdge });
    drive(5, 1);
    expect(line.read()).toBe(1);
    drive(5, 0);
    expect(line.read()).toBe(0);
    expect(edges).toBe(2);
  });

  it("keeps pins apart", async () => {
    const { open, level } = bench();
    const bank = await open();
    const one = await bank.output(17, { initial: 0, keep: false });
    await bank.output(27, { initial: 0, keep: false });
    one.write(1);
    expect([level(17), level(27)]).toEqual([1, 0]);
  });

  it("gives a pin to one owner at a time", async () => {
    const bank = withClaims(await bench().open());
    const line = await bank.output(17, { initial: 0, keep: false });
    await expect(bank.input(17, asInput)).rejects.toThrow("pin 17 is in use by another device");
    await line.close();
    await expect(bank.output(17, { initial: 0, keep: false })).resolves.toBeDefined();
  });

  it("gives an input back when it is closed", async () => {
    const { open } = bench();
    const bank = await open();
    const line = await bank.input(5, asInput);
    await line.close();
    const output = await bank.output(5, { initial: 1, keep: false });
    expect(output.read()).toBe(1);
  });
});
