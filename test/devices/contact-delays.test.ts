import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Level } from "../../src/core/hardware/gpio.ts";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { FakeClock } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { queuedEdges } from "../fakes/pins/queued-edges.ts";
import { runs } from "../property-runs.ts";

const motion = (more: string) =>
  `devices:\n  hall: {kind: contact, topic: hall, pin: 5, pull: down, debounce: 0ms${more}}\n`;

/** What was published, without what was only published again. */
const changes = (published: readonly string[]) => published.filter((word, index) => word !== published[index - 1]);

/** A motion detector at rest. */
async function startMotion(more: string) {
  const clock = new FakeClock();
  const pins = simulatedBank(clock);
  const { bus, agent } = await startHouse(motion(more), { clock, pins });
  const hold = async (level: Level, ms: number) => {
    pins.drive(5, level);
    await clock.advance(ms);
  };
  return { agent, clock, hold, said: () => changes(bus.on("hall")) };
}

describe("a contact with delays", () => {
  it("holds ON for the time of delayed_off after the last motion", async () => {
    const { hold, said } = await startMotion(", delayed_off: 2m");
    await hold(1, 5_000);
    expect(said()).toEqual(["OFF", "ON"]);
    await hold(0, 119_999);
    await hold(1, 1_000);
    await hold(0, 119_999);
    expect(said()).toEqual(["OFF", "ON"]);
    await hold(0, 1);
    expect(said()).toEqual(["OFF", "ON", "OFF"]);
  });

  it("says ON only of what has been ON for the time of delayed_on", async () => {
    const { hold, said } = await startMotion(", delayed_on: 10s");
    await hold(1, 9_999);
    await hold(0, 60_000);
    expect(said()).toEqual(["OFF"]);
    await hold(1, 10_000);
    expect(said()).toEqual(["OFF", "ON"]);
    await hold(0, 0);
    expect(said()).toEqual(["OFF", "ON", "OFF"]);
  });

  it("says at once what is there at the start", async () => {
    const pins = simulatedBank();
    pins.drive(5, 1);
    const { bus } = await startHouse(motion(", delayed_on: 10s"), { pins });
    expect(bus.on("hall")).toEqual(["ON"]);
  });

  it("says the opposite with invert, of which the delays hold", async () => {
    const { hold, said } = await startMotion(", invert: true, delayed_off: 10s");
    expect(said()).toEqual(["ON"]);
    await hold(1, 9_999);
    expect(said()).toEqual(["ON"]);
    await hold(1, 1);
    await hold(0, 0);
    expect(said()).toEqual(["ON", "OFF", "ON"]);
  });

  it("inverts what active_low makes of the level", async () => {
    const { hold, said } = await startMotion(", invert: true, active_low: true");
    await hold(1, 0);
    expect(said()).toEqual(["OFF", "ON"]);
  });

  it("leaves no timer behind when the agent stops while something waits", async () => {
    const { agent, clock, hold, said } = await startMotion(", delayed_off: 2m");
    await hold(1, 10);
    await hold(0, 10);
    await agent.stop();
    await clock.advance(600_000);
    expect([clock.pending, said()]).toEqual([0, ["OFF", "ON"]]);
  });

  it("says the same of edges that come late and together as of edges that come at once", async () => {
    const holds = fc.array(fc.record({ ms: fc.integer({ min: 1, max: 150 }), waits: fc.boolean() }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(holds, fc.constantFrom(0, 50.5), fc.constantFrom(0, 80.5), async (some, onMs, offMs) => {
        const delays = `, delayed_on: ${onMs}ms, delayed_off: ${offMs}ms`;
        const atOnce = await startMotion(delays);
        const clock = new FakeClock();
        const pin = queuedEdges(clock, 0, false);
        const { bus } = await startHouse(motion(delays), { clock, bank: pin.bank });
        for (const [index, { ms, waits }] of some.entries()) {
          const level = index % 2 === 0 ? 1 : 0;
          await atOnce.hold(level, ms);
          pin.move(level);
          clock.stall(ms);
          if (!waits) pin.tellEdges();
        }
        pin.tellEdges();
        await atOnce.clock.advance(1_000);
        await clock.advance(1_000);
        expect(changes(bus.on("hall"))).toEqual(atOnce.said());
      }),
      { numRuns: runs(25) },
    );
  });
});
