import { describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import type { Edge, GpioBank } from "../../src/core/hardware/gpio.ts";
import { FakeClock } from "../fakes/clock.ts";
import { openedPigpiod } from "../fakes/pins/pigpiod-bench.ts";

const low = { initial: 0, keep: false } as const;
const said = (promise: Promise<unknown>) => promise.then(() => "nothing", explain);

describe("an output", () => {
  it("is taken from its owner when the daemon refuses a write", async () => {
    const { bank, server, until } = await openedPigpiod();
    const errors: string[] = [];
    const line = await bank.output(17, { ...low, onError: (error) => errors.push(explain(error)) });
    server.notPermitted.add(17);
    line.write(1);
    await until(() => errors.length > 0);
    expect(errors).toEqual([
      "pigpiod does not permit that pin 17 is changed; its option -x says which pins it gives away",
    ]);
    expect(() => line.write(0)).toThrow("pin 17 was lost");
  });

  it("cannot be claimed where the daemon refuses it", async () => {
    const { bank, server } = await openedPigpiod();
    server.notPermitted.add(17);
    expect(await said(bank.output(17, low))).toMatch(/^pigpiod does not permit that pin 17 is changed; /);
  });

  it("is at its last level when closing it has ended", async () => {
    const { bank, level } = await openedPigpiod();
    const line = await bank.output(17, low);
    for (const next of [1, 0, 1] as const) line.write(next);
    await line.close();
    expect(level(17)).toBe(1);
  });

  it("is at its last level when closing the bank has ended", async () => {
    const { bank, level } = await openedPigpiod();
    const line = await bank.output(17, low);
    line.write(1);
    await bank.close();
    expect(level(17)).toBe(1);
  });

  it("stays high on a pin that is pulled up", async () => {
    const { bank, server, changes } = await openedPigpiod();
    server.pins.setPull(17, 2);
    const before = changes(17);
    await bank.output(17, { initial: 1, keep: false });
    expect(changes(17)).toBe(before);
  });

  it("stops pulses that run on a pin whose level is kept", async () => {
    const { bank, server } = await openedPigpiod();
    await bank.pwm(17, { frequencyHz: 100, duty: 0.5 });
    await bank.output(17, { initial: 1, keep: true });
    expect(server.pins.at(17).use).toBe("write");
  });
});

/** An input at pin 5 that remembers its edges. */
async function watched(bank: Required<GpioBank>, debounceMs = 0) {
  const edges: Edge[] = [];
  const line = await bank.input(5, {
    pull: "none",
    debounceMs,
    onEdge: (edge) => edges.push(edge),
    onError: (error) => {
      throw error;
    },
  });
  return { line, edges, levels: () => edges.map(({ level }) => level) };
}

describe("an input", () => {
  it("misses nothing that happens while it is being claimed", async () => {
    const { bank, server, drive } = await openedPigpiod();
    server.answersAfterMs = 20;
    server.afterRead = (pin) => drive(pin, 1);
    const { line, levels } = await watched(bank);
    expect([line.read(), levels()]).toEqual([1, [1]]);
  });

  it("tells no edge of an earlier owner's time that arrives late", async () => {
    const { bank, server, drive, until } = await openedPigpiod();
    const earlier = await watched(bank);
    server.holdsReports = true;
    drive(5, 1);
    drive(5, 0);
    await earlier.line.close();
    const { levels } = await watched(bank);
    server.holdsReports = false;
    server.release();
    drive(5, 1);
    await until(() => levels().length > 0);
    expect(levels()).toEqual([1]);
  });

  it("repairs what got lost when the daemon says that it is alive, and tells nothing twice", async () => {
    const { bank, server, drive, until } = await openedPigpiod();
    const { line, levels } = await watched(bank);
    server.holdsReports = true;
    drive(5, 1);
    server.holdsReports = false;
    expect(line.read()).toBe(0);
    server.sayAlive();
    await until(() => line.read() === 1);
    server.sayAlive();
    drive(5, 0);
    await until(() => line.read() === 0);
    expect(levels()).toEqual([1, 0]);
  });

  it("compares the daemon's ticks with the clock every minute", async () => {
    const clock = new FakeClock();
    const { bank, server, until } = await openedPigpiod({ clock });
    const { line } = await watched(bank);
    const comparisons = () => server.received.filter(([command]) => command === 16).length;
    for (const count of [2, 3]) {
      await clock.advance(60_000);
      await until(() => comparisons() === count);
      // The answer takes its timer away.
      await until(() => clock.pending === 1);
    }
    await line.close();
    expect(clock.pending).toBe(0);
  });

  it("leaves debouncing longer than pigpio's filter to others", async () => {
    const { bank, server } = await openedPigpiod();
    const claim = (debounceMs: number) =>
      bank.input(5, { pull: "none", debounceMs, onEdge: () => {}, onError: () => {} });
    const long = await claim(301);
    expect([long.debounced, server.pins.at(5).filterUs]).toEqual([false, 0]);
    await long.close();
    expect([(await claim(300)).debounced, server.pins.at(5).filterUs]).toEqual([true, 300_000]);
  });

  it("takes its filter along when it is closed", async () => {
    const { bank, server } = await openedPigpiod();
    const line = await bank.input(5, { pull: "up", debounceMs: 20, onEdge: () => {}, onError: () => {} });
    expect(server.pins.at(5).filterUs).toBe(20_000);
    await line.close();
    expect(server.pins.at(5).filterUs).toBe(0);
  });

  it("tells the time of an edge on the agent's clock, though the ticks begin anew between two of them", async () => {
    const { bank, server, until, drive, pass, ports } = await openedPigpiod({}, 200);
    const edges: Edge[] = [];
    await bank.input(5, { pull: "none", debounceMs: 0, onEdge: (edge) => edges.push(edge), onError: () => {} });
    drive(5, 1);
    expect(server.pins.tick).toBeGreaterThan(2 ** 31);
    await pass(250);
    expect(server.pins.tick).toBeLessThan(2 ** 31);
    drive(5, 0);
    const nowMs = ports.clock.monotonicMs();
    await until(() => edges.length === 2);
    expect(Math.abs((edges[1]?.atMs ?? 0) - nowMs)).toBeLessThan(15);
    expect((edges[1]?.atMs ?? 0) - (edges[0]?.atMs ?? 0)).toBeGreaterThan(240);
  });
});

describe("a pulse train", () => {
  it("has its frequency and duty from the beginning", async () => {
    const { bank, server } = await openedPigpiod();
    const line = await bank.pwm(18, { frequencyHz: 50, duty: 0.075 });
    expect(server.pins.at(18)).toMatchObject({ mode: 1, pwm: { frequencyHz: 50, range: 10_000, duty: 750 } });
    line.write(1);
    await line.close();
    expect(server.pins.at(18).pwm.duty).toBe(10_000);
  });

  it("begins low on a pin that an earlier owner left high", async () => {
    const { bank, server, level } = await openedPigpiod();
    Object.assign(server.pins.at(18), { latch: 1 });
    await bank.pwm(18, { frequencyHz: 50, duty: 0.05 });
    expect(level(18)).toBe(0);
  });

  it("goes on when its owner lets it go", async () => {
    const { bank, server } = await openedPigpiod();
    await (await bank.pwm(18, { frequencyHz: 800, duty: 0.3 })).close();
    expect(server.pins.at(18)).toMatchObject({ use: "pwm", pwm: { duty: 3_000 } });
  });

  it("is left to another backend where the frequency cannot be made", async () => {
    const { bank, server } = await openedPigpiod();
    const reason = await said(bank.pwm(18, { frequencyHz: 25_000, duty: 0.5 }));
    expect(reason).toMatch(/^pigpio makes 8000 Hz where 25000 Hz are wanted; choose 10, 20, /);
    expect(server.pins.at(18).use).toBe("nothing");
  });

  it("is left to another backend on pins that pigpio does not reach", async () => {
    const { bank } = await openedPigpiod();
    expect(await said(bank.pwm(32, { frequencyHz: 50, duty: 0 }))).toBe("pigpio reaches the pins 0 to 31 only");
  });
});
