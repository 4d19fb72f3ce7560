import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Edge, InputRequest, Level } from "../../src/core/hardware/gpio.ts";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { FakeClock } from "../fakes/clock.ts";
import { type Furniture, startHouse } from "../fakes/house.ts";
import { type Held, told } from "./presses.ts";

const yaml = (more = "") => `devices:\n  bell: {kind: button, topic: bell, pin: 5${more}}\n`;
const debounceMs = 30;

/** A house with one button, whose hand is the test's. */
async function withButton(more = "", furniture: Furniture = {}) {
  const clock = furniture.clock ?? new FakeClock();
  const pins = furniture.pins ?? simulatedBank(clock);
  const house = await startHouse(yaml(more), { ...furniture, clock, pins });
  const events = () => house.bus.on("bell/action").map((payload) => (JSON.parse(payload) as Told).event_type);
  const hold = async (ms: number) => {
    pins.drive(5, 0);
    await clock.advance(ms);
    pins.drive(5, 1);
  };
  const press = async (ms = 100, thenMs = 150) => {
    await hold(ms);
    await clock.advance(thenMs);
  };
  return { ...house, events, hold, press };
}

interface Told {
  readonly event_type: string;
}

describe("a button", () => {
  it("tells of a single press when no second one can follow any more, and never before", async () => {
    const { clock, events, press } = await withButton();
    await press(100, 350 + debounceMs - 1);
    expect(events()).toEqual([]);
    await clock.advance(1);
    expect(events()).toEqual(["single"]);
  });

  it("tells of a double press at the second release, and of no single", async () => {
    const { clock, events, press } = await withButton();
    await press();
    await press(100, debounceMs);
    expect(events()).toEqual(["double"]);
    await clock.advance(10_000);
    expect(events()).toEqual(["double"]);
  });

  it("tells of a third press as the next row, unless it may be a triple", async () => {
    for (const [presses, expected] of [
      [2, ["double", "single"]],
      [3, ["triple"]],
    ] as const) {
      const { clock, events, press } = await withButton(`, presses: ${presses}`);
      for (let count = 0; count < 3; count += 1) await press();
      await clock.advance(10_000);
      expect(events()).toEqual(expected);
    }
  });

  it("tells of a long press while it is held, and of its end", async () => {
    const { clock, events, pins } = await withButton();
    pins.drive(5, 0);
    await clock.advance(800 + debounceMs - 1);
    expect(events()).toEqual([]);
    await clock.advance(1);
    expect(events()).toEqual(["long"]);
    await clock.advance(60_000);
    expect(events()).toEqual(["long"]);
    pins.drive(5, 1);
    await clock.advance(10_000);
    expect(events()).toEqual(["long", "long_release"]);
  });

  it("tells of the press before a long one too", async () => {
    const { clock, events, press } = await withButton();
    await press();
    await press(2_000);
    await clock.advance(10_000);
    expect(events()).toEqual(["single", "long", "long_release"]);
  });

  it("tells of a single at the release where no doubles are wanted, and at the press where no long ones are either", async () => {
    const atRelease = await withButton(", presses: 1");
    await atRelease.press(100, debounceMs);
    expect(atRelease.events()).toEqual(["single"]);
    const atPress = await withButton(", presses: 1, long_time: 0ms, debounce: 0ms");
    atPress.pins.drive(5, 0);
    expect(atPress.events()).toEqual(["single"]);
    await atPress.clock.advance(60_000);
    atPress.pins.drive(5, 1);
    await atPress.clock.advance(60_000);
    expect(atPress.events()).toEqual(["single"]);
  });

  it("has times of its own", async () => {
    const { clock, events, press } = await withButton(", double_time: 1s, long_time: 3s");
    await press(2_900, 900);
    await press(100);
    await press(3_100);
    await clock.advance(10_000);
    expect(events()).toEqual(["double", "long", "long_release"]);
  });

  it("may be between the pin and 3V3", async () => {
    const { bus, clock, events, pins } = await withButton(", active_low: false, pull: down");
    expect(bus.retained.get("bell")).toBe("OFF");
    pins.drive(5, 1);
    await clock.advance(100);
    expect(bus.retained.get("bell")).toBe("ON");
    pins.drive(5, 0);
    await clock.advance(1_000);
    expect(events()).toEqual(["single"]);
  });

  it("is ON while it is pressed", async () => {
    const { bus, press } = await withButton();
    await press();
    expect(bus.on("bell")).toEqual(["OFF", "ON", "OFF"]);
    expect(bus.retained.get("bell/availability")).toBe("online");
  });

  it("does not tell what began before the agent: neither the press nor its end", async () => {
    for (const heldMs of [100, 5_000]) {
      const pins = simulatedBank();
      pins.drive(5, 0);
      const clock = new FakeClock();
      const { bus, events, press } = await withButton("", { pins, clock });
      await clock.advance(heldMs);
      pins.drive(5, 1);
      await clock.advance(10_000);
      expect([...new Set(bus.on("bell"))]).toEqual(["ON", "OFF"]);
      expect(events()).toEqual([]);
      await press(100, 1_000);
      expect(events()).toEqual(["single"]);
    }
  });

  it("tells of nothing when its pin is lost and found while it is pressed", async () => {
    const clock = new FakeClock();
    const bank = simulatedBank(clock);
    let lose: InputRequest["onError"] = () => {};
    const input: typeof bank.input = (pin, request) => {
      lose = request.onError;
      return bank.input(pin, request);
    };
    const { bus, events } = await withButton("", { clock, pins: bank, bank: { ...bank, input } });
    bank.drive(5, 0);
    await clock.advance(200);
    lose(new Error("pin 5 was taken away"));
    await clock.advance(60_000);
    expect(bus.retained.get("bell/availability")).toBe("online");
    bank.drive(5, 1);
    await clock.advance(60_000);
    expect(events()).toEqual([]);
  });

  it("never has its events retained or repeated, also after the connection was lost", async () => {
    const { bus, clock, events, press } = await withButton();
    await press(100, 1_000);
    bus.disconnect({ forget: true });
    await press(100, 1_000);
    bus.connect();
    await clock.advance(60_000);
    expect(events()).toEqual(["single"]);
    expect([...bus.retained.keys()]).not.toContain("bell/action");
    expect(bus.published.filter(({ topic }) => topic === "bell/action")).toMatchObject([{ retain: false }]);
    bus.receive("bell/get", "");
    expect(events()).toEqual(["single"]);
  });

  it("leaves no timer behind when the agent stops in the middle of a row", async () => {
    const { agent, clock, events, press } = await withButton();
    await press();
    await agent.stop();
    await clock.advance(10_000);
    expect(clock.pending).toBe(0);
    expect(events()).toEqual([]);
  });
});

/** Whether the button is held, and for how long each time; the first is before anything is pressed. */
const hands = fc.array(fc.integer({ min: 1, max: 1_500 }), { minLength: 1, maxLength: 40 });
/** Short times are frequent, so that contacts spring and rows come about. */
const springing = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 45 }), fc.integer({ min: 46, max: 500 }), fc.integer({ min: 501, max: 2_000 })),
  { minLength: 1, maxLength: 60 },
);
const rules = fc.record({
  most: fc.constantFrom(1, 2, 3),
  gapMs: fc.integer({ min: 50, max: 600 }),
  longMs: fc.oneof(fc.constant(0), fc.integer({ min: 200, max: 1_000 })),
});
const written = ({ most, gapMs, longMs }: { most: number; gapMs: number; longMs: number }) =>
  `, presses: ${most}, double_time: ${gapMs}ms, long_time: ${longMs}ms`;

describe("any sequence of presses", () => {
  it("is told as its times say, at once and bouncing as it may", async () => {
    await fc.assert(
      fc.asyncProperty(springing, rules, fc.boolean(), async (times, some, startsPressed) => {
        const clock = new FakeClock();
        const pins = simulatedBank(clock);
        let level: Level = startsPressed ? 0 : 1;
        pins.drive(5, level);
        const { events } = await withButton(written(some), { clock, pins });
        const held: Held[] = [{ isPressed: startsPressed, ms: times[0] ?? 1 }];
        await clock.advance(times[0] ?? 1);
        for (const ms of times.slice(1)) {
          level = level === 0 ? 1 : 0;
          pins.drive(5, level);
          held.push({ isPressed: level === 0, ms });
          await clock.advance(ms);
        }
        held.push({ isPressed: false, ms: 60_000 });
        pins.drive(5, 1);
        await clock.advance(60_000);
        expect(events()).toEqual(told(held, debounceMs, some));
      }),
      { numRuns: 60 },
    );
  });

  it("is told as its times say, however late the machine gets to it", async () => {
    await fc.assert(
      fc.asyncProperty(hands, rules, fc.array(fc.integer({ min: 0, max: 3_000 })), async (times, some, stalls) => {
        const clock = new FakeClock();
        const queue: Edge[] = [];
        let owner: InputRequest | undefined;
        let level: Level = 1;
        const bank = simulatedBank(clock);
        // As the kernel does: debounced, with stamps, in a queue that is read when there is time.
        const input: typeof bank.input = async (_pin, request) => {
          owner = request;
          return { debounced: true, read: () => level, close: async () => {} };
        };
        const { events } = await withButton(written(some), { clock, bank: { ...bank, input } });
        const deliver = () => {
          for (const edge of queue.splice(0)) owner?.onEdge(edge);
        };
        const pause = [...stalls];
        let atMs = clock.monotonicMs();
        const held: Held[] = [{ isPressed: false, ms: times[0] ?? 1 }];
        atMs += times[0] ?? 1;
        const changes = times.slice(1).map((ms, index): Held & { atMs: number } => {
          const change = { isPressed: index % 2 === 0, ms, atMs };
          atMs += ms;
          return change;
        });
        if (changes.length % 2 === 1) changes.push({ isPressed: false, ms: 60_000, atMs });
        else changes.push({ isPressed: true, ms: 100, atMs }, { isPressed: false, ms: 60_000, atMs: atMs + 100 });
        held.push(...changes);
        while (changes.length > 0) {
          const [next] = changes;
          const busyMs = pause.shift() ?? 0;
          // Nothing runs for a while; then the timers run, and only then what waits is read.
          if (next !== undefined) await clock.advance(Math.max(0, next.atMs - clock.monotonicMs() - 1));
          clock.stall(1 + busyMs);
          while (changes[0] !== undefined && changes[0].atMs <= clock.monotonicMs()) {
            const { isPressed, atMs: changedMs } = changes.shift() as (typeof changes)[number];
            level = isPressed ? 0 : 1;
            queue.push({ level, atMs: changedMs });
          }
          await clock.advance(0);
          deliver();
        }
        await clock.advance(60_000);
        expect(events()).toEqual(told(held, 0, some));
      }),
      { numRuns: 100 },
    );
  });
});
