import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import type { Edge, InputRequest, Level, OutputRequest } from "../../src/core/hardware/gpio.ts";
import { timedPins } from "../../src/gpio/timed-pins.ts";
import { gpiochipBench, inTime } from "../fakes/benches.ts";
import { FakeClock } from "../fakes/clock.ts";
import { runs } from "../property-runs.ts";

const said = (promise: Promise<unknown>) => promise.then(() => "nothing", explain);

/** Two pins with something wired to them: it is told of each level of the output, and answers by the level of the input. */
class Wired {
  readonly clock = new FakeClock();
  level: Level = 0;
  isExact = true;
  open = 0;
  /** What a change of the output does. */
  onWrite: (level: Level) => void = () => {};
  #onEdge: (edge: Edge) => void = () => {};

  readonly pins = {
    output: async (_pin: unknown, { initial }: OutputRequest) => {
      this.open += 1;
      expect(initial).toBe(0);
      return {
        write: (level: Level) => this.onWrite(level),
        read: (): Level => 0,
        close: async () => void this.open--,
      };
    },
    input: async (_pin: unknown, { onEdge }: InputRequest) => {
      this.open += 1;
      this.#onEdge = onEdge;
      const read = () => this.level;
      return { debounced: false, isExact: this.isExact, read, close: async () => void this.open-- };
    },
  };
  readonly timed = timedPins({ pins: this.pins, clock: this.clock });

  /** The input changes at a time; the program hears of it some milliseconds later. */
  edge(level: Level, atMs: number, missed = 0): void {
    this.#onEdge({ level, atMs, ...(missed > 0 && { missed }) });
  }
}

describe("an echo", () => {
  const bench = async (answer: (wired: Wired) => void) => {
    const wired = new Wired();
    const echo = await wired.timed.echo(23, 24);
    wired.onWrite = (level) => {
      // It answers to the end of the trigger.
      if (level === 0) wired.clock.after(80, () => answer(wired));
    };
    return { wired, echo, measured: () => inTime(wired.clock, echo.measure()) };
  };

  it("is as long as the time stamps say, however late they come", async () => {
    const { measured } = await bench((wired) => {
      wired.edge(1, 0.612);
      wired.edge(0, 6.436);
    });
    expect(await measured()).toBeCloseTo(5.824, 6);
  });

  it.each([
    ["nothing begins", () => {}, "no echo begins; check the wires and the supply of 5 V"],
    ["nothing ends", (wired: Wired) => wired.edge(1, 1), "the echo does not end; check the wires"],
    [
      "an edge was lost",
      (wired: Wired) => wired.edge(0, 3, 1),
      "an edge of the echo was lost; the machine was too busy",
    ],
  ])("is none where %s, and the next one is measured again", async (_name, answer, sentence) => {
    let isGood = false;
    const { wired, measured } = await bench((there) => {
      if (!isGood) return answer(there);
      there.edge(1, 1_001);
      there.edge(0, 1_003);
    });
    expect(await said(measured())).toBe(sentence);
    expect(wired.clock.pending).toBe(0);
    isGood = true;
    expect(await measured()).toBe(2);
  });

  it("is not started while the last one lasts", async () => {
    const { wired, measured } = await bench(() => {});
    const written: Level[] = [];
    wired.onWrite = (level) => void written.push(level);
    wired.level = 1;
    expect(await said(measured())).toBe("pin 24 is high before the trigger; check the echo's wire and its divider");
    expect(written).toEqual([]);
  });

  it("gives both pins back, also where they cannot be timed", async () => {
    const { wired, echo } = await bench(() => {});
    await echo.close();
    expect(wired.open).toBe(0);
    wired.isExact = false;
    expect(await said(wired.timed.echo(23, 24))).toBe(
      "the backend of pin 24 cannot time it to microseconds; gpiochip and pigpio can, on pins of the header: choose one by gpio.backend",
    );
    expect(wired.open).toBe(0);
  });

  it("can be timed on the header by gpiochip", async () => {
    const { start, chip } = gpiochipBench();
    const echo = timedPins({ pins: start(), clock: chip.clock }).echo(23, 24);
    await expect(inTime(chip.clock, echo)).resolves.toBeDefined();
  });
});

/** An HX711: data is low when it has a value, and each rise of the clock shifts out one bit, high bit first. */
class Hx711 extends Wired {
  /** How long the clock is high in each pulse, in milliseconds, by the number of the pulse since the beginning. */
  highMs: (pulse: number) => number = () => 0.004;
  /** How many pulses each value was read with. */
  readonly readWith: number[] = [];
  #pulse = 0;
  #ofValue = 0;

  constructor(value: number) {
    super();
    const bits = value < 0 ? value + 2 ** 24 : value;
    this.onWrite = (level) => {
      if (level === 1) {
        this.level = this.#ofValue < 24 ? (((bits >> (23 - this.#ofValue)) & 1) as Level) : 1;
        this.#ofValue += 1;
        const high = this.highMs(this.#pulse++);
        this.clock.stall(high);
        // It has switched itself off, and begins anew when the clock is low.
        if (high >= 0.06) this.#ofValue = 0;
      }
    };
  }

  /** The next value is there. */
  ready(): void {
    if (this.#ofValue > 0) this.readWith.push(this.#ofValue);
    this.#ofValue = 0;
    this.level = 0;
  }
}

describe("a value that is shifted out", () => {
  it.each([0, 1, -1, 81_234, -8_388_608, 8_388_607])("is a number with a sign: %i", async (value) => {
    const part = new Hx711(value);
    const pins = await part.timed.shifted(5, 6);
    expect(await inTime(part.clock, pins.read(25))).toBe(value);
    part.ready();
    expect(part.readWith).toEqual([25]);
  });

  it("is waited for, and missed with a sentence", async () => {
    const part = new Hx711(5);
    const pins = await part.timed.shifted(5, 6);
    part.level = 1;
    part.clock.after(90, () => part.ready());
    expect(await inTime(part.clock, pins.read(25))).toBe(5);
    expect(await said(inTime(part.clock, pins.read(25)))).toBe(
      "the part has no value: pin 6 stays high; check its wires and its supply",
    );
  });

  it("is none where the wire of the data is always low", async () => {
    const part = new Wired();
    const pins = await part.timed.shifted(5, 6);
    expect(await said(inTime(part.clock, pins.read(25)))).toBe(
      "the part gives no whole value: pin 6 stays low; check its wires and its supply",
    );
  });

  it("is never a number of which one pulse was too long", async () => {
    // The numbers of pulses that something came between, and how long they were, in microseconds.
    const slow = fc.array(fc.tuple(fc.nat(80), fc.integer({ min: 40, max: 120 })), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -(2 ** 23), max: 2 ** 23 - 1 }), slow, async (value, times) => {
        const part = new Hx711(value);
        part.highMs = (index) => (times.find(([at]) => at === index)?.[1] ?? 4) / 1_000;
        const pins = await part.timed.shifted(5, 6);
        const again = () => {
          part.ready();
          part.clock.after(100, again);
        };
        part.clock.after(100, again);
        const read = await inTime(part.clock, said(pins.read(27).then((got) => expect(got).toBe(value))));
        expect(read).toMatch(/^nothing$|too slowly|stays low/);
      }),
      { numRuns: runs(60) },
    );
  });
});
