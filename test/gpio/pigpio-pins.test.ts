import { describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import type { Edge, GpioBank } from "../../src/core/hardware/gpio.ts";
import { pigpio } from "../../src/gpio/pigpio.ts";
import { fakePigpio, openedPigpio, PigpioHardware, pigpioPorts } from "../fakes/pins/pigpio.ts";

const said = (promise: Promise<unknown>) => promise.then(() => "nothing", explain);

describe("a pin", () => {
  it("says which pin the library refused", async () => {
    const { bank } = await openedPigpio();
    const line = await bank.output(17, { initial: 0, keep: false });
    await bank.close();
    expect(() => line.write(1)).toThrow("pigpio refused pin 17 (pigpio error -31 in gpioWrite)");
  });

  it("is left to another backend beyond those that pigpio reaches", async () => {
    const { bank } = await openedPigpio();
    expect(await said(bank.output(32, { initial: 0, keep: false }))).toBe("pigpio reaches the pins 0 to 31 only");
  });

  it("is told of in the agent's time, though the ticks begin anew between two edges", async () => {
    const { bank, hardware } = await openedPigpio();
    const edges: Edge[] = [];
    await bank.input(5, { pull: "none", debounceMs: 0, onEdge: (edge) => edges.push(edge), onError: () => {} });
    await hardware.clock.advance(9.5);
    expect(hardware.pins.tick).toBeGreaterThan(2 ** 31);
    hardware.pins.drive(5, 1);
    await hardware.clock.advance(10.5);
    expect(hardware.pins.tick).toBeLessThan(2 ** 31);
    hardware.pins.drive(5, 0);
    await hardware.clock.advance(5);
    expect(edges).toEqual([
      { level: 1, atMs: 9.5 },
      { level: 0, atMs: 20 },
    ]);
  });

  it("is never told to have changed back before it changed, however late the tick was read", async () => {
    const hardware = new PigpioHardware();
    const module = fakePigpio(hardware) as { default: { getTick: () => number } };
    const { getTick } = module.default;
    const bank = (await pigpio.open(pigpioPorts(hardware, { load: async () => module }))) as Required<GpioBank>;
    const edges: Edge[] = [];
    await bank.input(5, { pull: "none", debounceMs: 0, onEdge: (edge) => edges.push(edge), onError: () => {} });
    hardware.pins.drive(5, 1);
    await hardware.clock.advance(2);
    module.default.getTick = () => (getTick() + 5_000) >>> 0;
    hardware.pins.drive(5, 0);
    await hardware.clock.advance(2);
    expect(edges.map(({ atMs }) => atMs)).toEqual([0, 0]);
  });

  it("stays high as an output where it is pulled up", async () => {
    const { bank, hardware, at } = await openedPigpio();
    hardware.pins.setPull(17, 2);
    const before = at(17).changes;
    await bank.output(17, { initial: 1, keep: false });
    expect(at(17).changes).toBe(before);
  });

  it("is no longer watched or filtered once it is closed", async () => {
    const { bank, hardware, at } = await openedPigpio();
    const edges: Edge[] = [];
    const request = { pull: "none", onEdge: (edge: Edge) => edges.push(edge), onError: () => {} } as const;
    const line = await bank.input(5, { ...request, debounceMs: 50 });
    expect(at(5).filterUs).toBe(50_000);
    await line.close();
    hardware.pins.drive(5, 1);
    await hardware.clock.advance(100);
    expect([edges, at(5).filterUs, hardware.pins.samples.size]).toEqual([[], 0, 0]);
  });

  it("leaves debouncing longer than pigpio's filter to others", async () => {
    const { bank } = await openedPigpio();
    const line = await bank.input(5, { pull: "none", debounceMs: 301, onEdge: () => {}, onError: () => {} });
    expect(line.debounced).toBe(false);
  });
});

describe("a pulse train", () => {
  it("has its frequency and duty from the beginning", async () => {
    const { bank, at } = await openedPigpio();
    await bank.pwm(18, { frequencyHz: 50, duty: 0.075 });
    expect(at(18)).toMatchObject({ mode: 1, pwm: { frequencyHz: 50, range: 10_000, duty: 750 } });
  });

  it("begins low on a pin that an earlier owner left high", async () => {
    const { bank, at } = await openedPigpio();
    at(18).latch = 1;
    await bank.pwm(18, { frequencyHz: 50, duty: 0.05 });
    expect(at(18).level).toBe(0);
  });

  it.each([
    [0.4, { use: "write", level: 0 }],
    [0, { use: "write", level: 0 }],
    [1, { use: "pwm", pwm: { duty: 10_000 } }],
  ])("rests at a level that lasts when it is let go at a duty of %d", async (duty, rest) => {
    const { bank, at } = await openedPigpio();
    const line = await bank.pwm(18, { frequencyHz: 800, duty: 0.5 });
    line.write(duty);
    await line.close();
    expect(at(18)).toMatchObject(rest);
  });

  it("rests low when the agent ends before its owner", async () => {
    const { bank, at } = await openedPigpio();
    await bank.pwm(18, { frequencyHz: 800, duty: 0.5 });
    await bank.close();
    expect(at(18)).toMatchObject({ use: "write", level: 0 });
  });

  it("is left to another backend where the frequency cannot be made", async () => {
    const { bank, at } = await openedPigpio();
    expect(await said(bank.pwm(18, { frequencyHz: 120, duty: 0.5 }))).toMatch(
      /^pigpio makes 100 Hz where 120 Hz are wanted; /,
    );
    expect(at(18).use).toBe("nothing");
  });
});
