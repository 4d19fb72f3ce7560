import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InputRequest } from "../../../src/core/hardware/gpio.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { PulseCount } from "../../../src/runtime/pins/pulse-count.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { chosenPin, pinBench } from "../../fakes/pins/pin-bench.ts";

/** Counts with a debounce time of its own. */
function counting(debounceMs: number, startsActive = false) {
  const pulses: number[] = [];
  const count = new PulseCount(startsActive, debounceMs, (_atMs, more) => pulses.push(more));
  return { count, total: () => pulses.reduce((sum, more) => sum + more, 0) };
}

describe("pulses, found by the times of their edges", () => {
  it("are counted once each, however late they are told", () => {
    const { count, total } = counting(10);
    for (let pulse = 0; pulse < 1_000; pulse += 1) {
      count.edge({ isActive: true, atMs: pulse * 40, missed: 0 });
      count.edge({ isActive: false, atMs: pulse * 40 + 20, missed: 0 });
    }
    expect(total()).toBe(1_000);
  });

  it("are not made by a contact that springs, at either edge", () => {
    const { count, total } = counting(10);
    let atMs = 0;
    const spring = (to: boolean) => {
      for (let edge = 0; edge < 7; edge += 1) {
        atMs += 1;
        count.edge({ isActive: edge % 2 === 0 ? to : !to, atMs, missed: 0 });
      }
      atMs += 50;
      count.settle(atMs);
    };
    for (let pulse = 0; pulse < 20; pulse += 1) {
      spring(true);
      spring(false);
    }
    expect(total()).toBe(20);
  });

  it("count also where edges were counted by the kernel and could not be told", () => {
    for (const startsActive of [false, true])
      for (let edges = 1; edges <= 40; edges += 1)
        for (let told = 1; told <= edges; told += 1) {
          const { count, total } = counting(0, startsActive);
          // The first ones are told one by one, the last one with all that were missed before it.
          for (let edge = 1; edge < told; edge += 1)
            count.edge({ isActive: (edge % 2 === 1) !== startsActive, atMs: edge, missed: 0 });
          count.edge({ isActive: (edges % 2 === 1) !== startsActive, atMs: edges, missed: edges - told });
          expect(total()).toBe(startsActive ? Math.floor(edges / 2) : Math.ceil(edges / 2));
        }
  });

  it("are what a slow observer sees: those levels that stood still, in any sequence of edges", () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 20 }), (pauses, debounceMs) => {
        const { count, total } = counting(debounceMs);
        let atMs = 0;
        let isActive = false;
        let steady = false;
        let expected = 0;
        for (const [index, pause] of pauses.entries()) {
          isActive = !isActive;
          count.edge({ isActive, atMs, missed: 0 });
          const standsForMs = index === pauses.length - 1 ? Number.POSITIVE_INFINITY : pause;
          if (standsForMs >= debounceMs && isActive !== steady) {
            steady = isActive;
            if (steady) expected += 1;
          }
          atMs += pause;
        }
        count.settle(atMs + debounceMs);
        expect(total()).toBe(expected);
      }),
    );
  });
});

describe("a counted input", () => {
  const pin = 5;

  async function counted(debounceMs: number, debounced = false) {
    const clock = new FakeClock();
    const bank = simulatedBank(clock);
    const requests: InputRequest[] = [];
    const input: typeof bank.input = async (number, request) => {
      requests.push(request);
      return { ...(await bank.input(number, request)), debounced };
    };
    const bench = pinBench([chosenPin(pin, "input", { pull: "up", activeLow: true })], {
      clock,
      bank,
      pins: { ...bank, input },
    });
    let total = 0;
    await bench.gpio.count(pin, {
      debounceMs,
      onPulse: (_atMs, pulses) => {
        total += pulses;
      },
    });
    return { ...bench, requests, total: () => total };
  }

  it("has a request of its own, and counts a burst without waiting", async () => {
    const { bank, requests, total } = await counted(0);
    expect(requests).toMatchObject([{ alone: true, pull: "up" }]);
    for (let pulse = 0; pulse < 5_000; pulse += 1) {
      bank.drive(pin, 0);
      bank.drive(pin, 1);
    }
    expect(total()).toBe(5_000);
  });

  it("debounces where the backend does not, the last pulse too", async () => {
    const { bank, clock, total } = await counted(10);
    for (let pulse = 0; pulse < 3; pulse += 1) {
      for (const level of [0, 1, 0, 1, 0] as const) bank.drive(pin, level);
      await clock.advance(50);
      bank.drive(pin, 1);
      await clock.advance(50);
    }
    bank.drive(pin, 0);
    await clock.advance(10);
    expect(total()).toBe(4);
  });

  it("counts every edge where the backend debounces", async () => {
    const { bank, total } = await counted(10, true);
    bank.drive(pin, 0);
    bank.drive(pin, 1);
    bank.drive(pin, 0);
    expect(total()).toBe(2);
  });

  it("does not count the pulse that is under way at the claim", async () => {
    const clock = new FakeClock();
    const bank = simulatedBank(clock);
    bank.drive(pin, 1);
    const bench = pinBench([chosenPin(pin, "input")], { clock, bank });
    let total = 0;
    await bench.gpio.count(pin, { debounceMs: 0, onPulse: () => (total += 1) });
    bank.drive(pin, 0);
    expect(total).toBe(0);
    bank.drive(pin, 1);
    expect(total).toBe(1);
  });

  describe("that is looked at again now and then", () => {
    /** Edges of this input are told when the test says so, as the kernel keeps them until somebody reads. */
    async function slowlyTold() {
      const clock = new FakeClock();
      const bank = simulatedBank(clock);
      const waiting: (() => void)[] = [];
      const input: typeof bank.input = (number, request) =>
        bank.input(number, { ...request, onEdge: (edge) => void waiting.push(() => request.onEdge(edge)) });
      const bench = pinBench([chosenPin(pin, "input")], { clock, bank, pins: { ...bank, input } });
      let total = 0;
      await bench.gpio.count(pin, {
        debounceMs: 0,
        onPulse: (_atMs, pulses) => {
          total += pulses;
        },
      });
      const tell = () => {
        for (const edge of waiting.splice(0)) edge();
      };
      const forget = () => void waiting.splice(0);
      return { clock, bank, tell, forget, total: () => total };
    }

    it("does not count a pulse twice whose edge is on its way", async () => {
      const { clock, bank, tell, total } = await slowlyTold();
      for (let pulse = 1; pulse <= 100; pulse += 1) {
        await clock.advance(1_999 - (pulse === 1 ? 0 : 2));
        bank.drive(pin, 1);
        await clock.advance(2);
        tell();
        bank.drive(pin, 0);
        tell();
        await clock.advance(1);
        expect(total()).toBe(pulse);
      }
    });

    it("counts a pulse whose edge got lost, and all that follow", async () => {
      const { clock, bank, tell, forget, total } = await slowlyTold();
      bank.drive(pin, 1);
      forget();
      await clock.advance(5_000);
      expect(total()).toBe(1);
      bank.drive(pin, 0);
      tell();
      bank.drive(pin, 1);
      tell();
      expect(total()).toBe(2);
    });
  });
});
