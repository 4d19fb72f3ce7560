import { describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import type { Edge, Level, Pull } from "../../src/core/hardware/gpio.ts";
import type { Pins } from "../../src/gpio/pins.ts";

/** A backend on the bench: its pins can be seen and driven from outside, and its process can end and begin again. */
export interface Bench {
  /** The pins as a process sees them that has just started, through this backend alone. */
  start(): Pins;
  /** The physical level, whoever drives it. */
  level(pin: number): Level;
  /** Drives an input from outside. */
  drive(pin: number, level: Level): void;
  /** How often the physical level of a pin has changed so far: a flicker shows here. */
  changes(pin: number): number;
  /** Takes a pin as another program does; gives it back when called again. Absent where nobody else can. */
  hold?(pin: number): Promise<() => void | Promise<void>>;
  /** Lets time pass until it is so; a bench in real time gives up after some seconds. */
  until(condition: () => boolean): Promise<void>;
  /** Lets that much time pass. */
  pass(ms: number): Promise<void>;
}

/** What a backend promises beyond what all do. */
export interface Promises {
  /** The pin is driven when `write` returns; over a socket it is a moment later. */
  readonly drivesAtOnce: boolean;
  /** An output keeps its level when nobody owns it any more. */
  readonly staysDriven: boolean;
  /** It can set pull resistors. */
  readonly pulls: boolean;
  /** It debounces inputs itself. */
  readonly debounces: boolean;
  /** Edges carry their own time, so that a burst is told edge by edge. */
  readonly stampsEdges: boolean;
}

/** Pins of the header that nothing else uses. */
const output = 17;
const input = 5;

const low = { initial: 0, keep: false } as const;
const high = { initial: 1, keep: false } as const;
const watched = (edges: Edge[], { pull = "none" as Pull, debounceMs = 0 } = {}) => ({
  pull,
  debounceMs,
  onEdge: (edge: Edge) => void edges.push(edge),
  onError: (error: Error) => {
    throw error;
  },
});

/** What every backend holds to, on the machine or on a pretended one. Makes a bench per test. */
export function backendContract(name: string, makeBench: () => Bench, promises: Promises): void {
  const driven = async (bench: Bench, level: Level) => {
    if (!promises.drivesAtOnce) await bench.until(() => bench.level(output) === level);
    expect(bench.level(output)).toBe(level);
  };

  describe(`the backend ${name}`, () => {
    it.each([0, 1] as const)("begins an output at level %i without a flicker", async (initial) => {
      const bench = makeBench();
      const before = bench.changes(output);
      const line = await bench.start().output(output, { initial, keep: false });
      expect(bench.level(output)).toBe(initial);
      expect(line.read()).toBe(initial);
      expect(bench.changes(output) - before).toBe(initial);
    });

    it("drives the pin to what was written", async () => {
      const bench = makeBench();
      const line = await bench.start().output(output, low);
      for (const level of [1, 0] as const) {
        line.write(level);
        expect(line.read()).toBe(level);
        await driven(bench, level);
      }
    });

    it("keeps pins apart", async () => {
      const bench = makeBench();
      const pins = bench.start();
      const one = await pins.output(output, low);
      await pins.output(27, low);
      one.write(1);
      await driven(bench, 1);
      expect(bench.level(27)).toBe(0);
    });

    it("begins at the initial level where there is nothing to keep", async () => {
      const bench = makeBench();
      await bench.start().output(output, { initial: 1, keep: true });
      expect(bench.level(output)).toBe(1);
    });

    if (promises.staysDriven) {
      it("leaves an output driven when it is closed, and takes it up again", async () => {
        const bench = makeBench();
        const pins = bench.start();
        const line = await pins.output(output, high);
        await line.close();
        expect(bench.level(output)).toBe(1);
        const before = bench.changes(output);
        const again = await pins.output(output, { initial: 0, keep: true });
        expect(again.read()).toBe(1);
        expect(bench.changes(output)).toBe(before);
        again.write(0);
        await driven(bench, 0);
      });

      it("takes over the level of an earlier process without a click", async () => {
        const bench = makeBench();
        const earlier = bench.start();
        await earlier.output(output, high);
        await earlier.close();
        const before = bench.changes(output);
        const kept = await bench.start().output(output, { initial: 0, keep: true });
        expect(kept.read()).toBe(1);
        expect(bench.changes(output)).toBe(before);
      });
    }

    it("tells of each edge of an input, with its level and a time that goes forward", async () => {
      const bench = makeBench();
      const edges: Edge[] = [];
      const line = await bench.start().input(input, watched(edges));
      bench.drive(input, 1);
      await bench.until(() => edges.length === 1);
      expect(line.read()).toBe(1);
      bench.drive(input, 0);
      await bench.until(() => edges.length === 2);
      expect(line.read()).toBe(0);
      expect(edges.map(({ level }) => level)).toEqual([1, 0]);
      expect(edges[1]?.atMs).toBeGreaterThanOrEqual(edges[0]?.atMs ?? Number.POSITIVE_INFINITY);
    });

    if (promises.stampsEdges)
      it("tells a burst edge by edge", async () => {
        const bench = makeBench();
        const edges: Edge[] = [];
        await bench.start().input(input, watched(edges));
        for (let count = 0; count < 10; count += 1) bench.drive(input, count % 2 === 0 ? 1 : 0);
        await bench.until(() => edges.length === 10);
        expect(edges.map(({ level }) => level)).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0]);
        expect(edges.map(({ atMs }) => atMs)).toEqual(edges.map(({ atMs }) => atMs).sort((a, b) => a - b));
      });

    it("tells no edge of the past", async () => {
      const bench = makeBench();
      const edges: Edge[] = [];
      const pins = bench.start();
      const line = await pins.input(input, watched([]));
      bench.drive(input, 1);
      await line.close();
      await pins.input(input, watched(edges));
      await bench.pass(50);
      expect(edges).toEqual([]);
    });

    if (promises.pulls)
      it("holds an open input by the pull that was asked for", async () => {
        const bench = makeBench();
        const pins = bench.start();
        const up = await pins.input(input, watched([], { pull: "up" }));
        expect(up.read()).toBe(1);
        await up.close();
        const down = await pins.input(input, watched([], { pull: "down" }));
        expect(down.read()).toBe(0);
      });

    it(`${promises.debounces ? "debounces an input itself" : "says that it leaves debouncing to others"}`, async () => {
      const bench = makeBench();
      const edges: Edge[] = [];
      const line = await bench.start().input(input, watched(edges, { debounceMs: 100 }));
      expect(line.debounced).toBe(promises.debounces);
      if (!promises.debounces) return;
      for (let count = 0; count < 5; count += 1) bench.drive(input, count % 2 === 0 ? 1 : 0);
      await bench.until(() => edges.length > 0);
      await bench.pass(200);
      expect(edges.map(({ level }) => level)).toEqual([1]);
      expect(line.read()).toBe(1);
    });

    it("gives a pin to one owner at a time, and back when it is closed", async () => {
      const bench = makeBench();
      const pins = bench.start();
      const line = await pins.output(output, low);
      await expect(pins.input(output, watched([]))).rejects.toThrow(`pin ${output} is in use by another device`);
      await line.close();
      await expect(pins.output(output, low)).resolves.toBeDefined();
    });

    it("turns an input that was closed into an output", async () => {
      const bench = makeBench();
      const pins = bench.start();
      const line = await pins.input(input, watched([]));
      const other = await pins.input(6, watched([]));
      await line.close();
      const claimed = await pins.output(input, high);
      expect([claimed.read(), bench.level(input)]).toEqual([1, 1]);
      expect(other.read()).toBe(0);
    });

    it("goes on telling of the other inputs when one is closed", async () => {
      const bench = makeBench();
      const edges: Edge[] = [];
      const pins = bench.start();
      const [one] = await Promise.all([pins.input(input, watched([])), pins.input(6, watched(edges))]);
      await one.close();
      bench.drive(6, 1);
      await bench.until(() => edges.length === 1);
      expect(edges[0]?.level).toBe(1);
    });

    it("tells of a pin that somebody else holds, and gets it when it is free", async () => {
      const bench = makeBench();
      if (bench.hold === undefined) return;
      const release = await bench.hold(output);
      const pins = bench.start();
      const reason = await pins.output(output, low).then(() => "nothing", explain);
      expect(reason).toMatch(new RegExp(`^pin ${output} is held by `));
      await expect(pins.input(output, watched([]))).rejects.toThrow(`pin ${output} is held by `);
      const others = await Promise.all([pins.input(input, watched([])), pins.input(6, watched([]))]);
      expect(others).toHaveLength(2);
      await release();
      await expect(pins.output(output, low)).resolves.toBeDefined();
    });

    it("gives everything back when it is closed", async () => {
      const bench = makeBench();
      const pins = bench.start();
      await pins.output(output, low);
      const edges: Edge[] = [];
      await pins.input(input, watched(edges));
      await pins.close();
      const successor = bench.start();
      await successor.output(input, low);
      await expect(successor.input(output, watched([]))).resolves.toBeDefined();
      expect(edges).toEqual([]);
    });
  });
}
