import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Edge, InputRequest } from "../../../src/core/hardware/gpio.ts";
import type { PinName } from "../../../src/core/hardware/pin-name.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";
import { runs } from "../../property-runs.ts";
import { Hand, pinA, withKnob } from "./turned-knob.ts";

const turn = fc.record({
  direction: fc.constantFrom(1 as const, -1 as const),
  edges: fc.integer({ min: 1, max: 14 }),
  springs: fc.nat(5),
  ms: fc.nat(20),
});
const turns = fc.array(turn, { maxLength: 20 });

/** Where the knob stands after these edges: whole steps of the way from the rest, kept back by the way that a step needs. */
function expected(edges: readonly number[], edgesPerStep: number): { position: number; steps: number } {
  let position = 0;
  let steps = 0;
  let at = 0;
  for (const edge of edges) {
    at += edge;
    while (Math.abs(at - position * edgesPerStep) >= edgesPerStep) {
      position += Math.sign(at - position * edgesPerStep);
      steps += 1;
    }
  }
  return { position, steps };
}

describe("any sequence of turns", () => {
  it("gives the right position and events, however the contacts spring", async () => {
    await fc.assert(
      fc.asyncProperty(turns, fc.constantFrom(1, 2), async (some, resolution) => {
        const { clock, hand, position, events } = await withKnob(`, resolution: ${resolution}`);
        const edges: number[] = [];
        for (const { direction, edges: count, springs, ms } of some) {
          for (let edge = 0; edge < count; edge += 1) {
            hand.edge(direction, springs);
            edges.push(direction);
          }
          await clock.advance(ms);
        }
        await clock.advance(200);
        const right = expected(edges, 4 / resolution);
        expect(position()).toBe(right.position);
        expect(events("rotation")).toHaveLength(right.steps);
      }),
      { numRuns: runs(30) },
    );
  });

  it("gives the right position with four steps in a cycle, though a contact that springs is told as to and fro", async () => {
    await fc.assert(
      fc.asyncProperty(turns, async (some) => {
        const { clock, hand, position } = await withKnob(", resolution: 4");
        let at = 0;
        for (const { direction, edges, springs } of some)
          for (let edge = 0; edge < edges; edge += 1) {
            hand.edge(direction, springs);
            at += direction;
          }
        await clock.advance(200);
        expect(position()).toBe(at);
      }),
      { numRuns: runs(30) },
    );
  });

  it("keeps its direction, however fast it is and in whatever order the two contacts are told", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ cycles: fc.integer({ min: -9, max: 9 }), late: fc.nat(20) }), { maxLength: 20 }),
        async (some) => {
          const clock = new FakeClock();
          const bank = simulatedBank(clock);
          const owners = new Map<PinName, InputRequest>();
          const input: typeof bank.input = (pin, request) => {
            owners.set(pin, request);
            return bank.input(pin, { ...request, onEdge: () => {} });
          };
          const house = await withKnob("", { clock, pins: bank, bank: { ...bank, input } });
          let edges: { pin: number; edge: Edge }[] = [];
          const hand = new Hand((pin, level) => {
            // Edges of a hand are at least some hundred microseconds apart.
            clock.stall(0.3);
            bank.drive(pin, level);
            edges.push({ pin, edge: { level, atMs: clock.monotonicMs() } });
          });
          let at = 0;
          for (const { cycles } of some) {
            hand.turn(cycles);
            at += cycles;
            // All edges of one contact are told, and then those of the other.
            for (const isFirst of [true, false])
              for (const { pin, edge } of edges.filter((one) => (one.pin === pinA) === isFirst))
                owners.get(pin)?.onEdge(edge);
            edges = [];
            await clock.advance(1);
          }
          await clock.advance(200);
          expect(house.position()).toBe(at);
          expect(house.events("rotation")).toEqual(
            some.flatMap(({ cycles }) =>
              Array<string>(Math.abs(cycles)).fill(cycles > 0 ? "clockwise" : "anticlockwise"),
            ),
          );
        },
      ),
      { numRuns: runs(30) },
    );
  });

  it("is kept over stops and kills, by which at most the last ten seconds are lost", async () => {
    const lives = fc.array(
      fc.record({
        cycles: fc.integer({ min: -20, max: 20 }),
        ms: fc.oneof(fc.nat(9_000), fc.integer({ min: 10_000, max: 15_000 })),
        isKilled: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(lives, async (some) => {
        const stateFile = new FakeStateFile();
        let right = 0;
        for (const { cycles, ms, isKilled } of some) {
          const { agent, clock, position, turn } = await withKnob("", { stateFile });
          expect(position()).toBe(right);
          await turn(cycles);
          await clock.advance(ms);
          if (!isKilled) await agent.stop();
          if (!isKilled || ms >= 10_000) right += cycles;
        }
        expect((await withKnob("", { stateFile })).position()).toBe(right);
      }),
      { numRuns: runs(30) },
    );
  });
});

describe("an encoder whose edge got lost", () => {
  it("finds the place in its cycle again, and counts the later turns right", async () => {
    const clock = new FakeClock();
    const bank = simulatedBank(clock);
    let isDeaf = false;
    const input: typeof bank.input = (pin, request) =>
      bank.input(pin, { ...request, onEdge: (edge) => (isDeaf ? undefined : request.onEdge(edge)) });
    const { hand, position, turn } = await withKnob("", { clock, pins: bank, bank: { ...bank, input } });
    await turn(1);
    isDeaf = true;
    hand.edge(1);
    isDeaf = false;
    await clock.advance(2_100);
    for (let edge = 0; edge < 3; edge += 1) hand.edge(1);
    await clock.advance(200);
    expect(position()).toBe(2);
    await turn(-1);
    expect(position()).toBe(1);
  });
});
