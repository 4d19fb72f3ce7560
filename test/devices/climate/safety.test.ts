import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Level } from "../../../src/core/hardware/gpio.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeBus } from "../../fakes/bus.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";
import {
  coolerPin,
  type Heard,
  heaterPin,
  type On,
  staleMs,
  type Thermometer,
  warmHouse,
} from "../../fakes/warm-house.ts";

/** How late the thermostat sees what nobody tells. */
const lookMs = 10_000;
const hysteresis = 0.5;

type Step =
  | { readonly thermometer: Thermometer }
  | { readonly pass: number }
  | { readonly send: string; readonly to: string }
  | { readonly meddle: "on" | "off"; readonly with: "heater" | "cooler" }
  | { readonly broker: "gone" | "there" }
  | "kill";

/** Shortest times on and off of an output, in seconds. */
interface Limits {
  readonly on: number;
  readonly off: number;
}

/** How a life begins. */
interface Beginning {
  readonly heater: Limits;
  readonly cooler: Limits;
  /** How many others make the thermometer's bus slow. */
  readonly others: number;
  /** Whether there is never a broker. */
  readonly isAlone: boolean;
}

/** What was so at one instant. */
interface Moment {
  readonly atMs: number;
  readonly on: On;
  /** The output that changed just now, and how; undefined where time passed only. */
  readonly change: { readonly pin: number; readonly level: Level } | undefined;
  readonly last: Heard | undefined;
  /** The last number of the thermometer, unless it gave none since. */
  readonly number: { readonly outcome: number; readonly atMs: number } | undefined;
  readonly mode: string;
  readonly target: number;
  /** How long ago somebody else switched an output, and how long what is on has been on. */
  readonly sinceMeddlingMs: number;
  readonly onForMs: number;
}

const yaml = ({ on, off }: Limits) =>
  [on > 0 && `min_on: ${on}s`, off > 0 && `min_off: ${off}s`].filter(Boolean).join(", ");

/** Lives through the steps, second by second, and tells of each second and of each change of an output. */
async function live(
  steps: readonly Step[],
  { heater, cooler, others, isAlone }: Beginning,
): Promise<readonly Moment[]> {
  const stateFile = new FakeStateFile();
  const pins = simulatedBank();
  const moments: Moment[] = [];
  const wished = { mode: "heat_cool", target: 20 };
  let meddledAtMs = Number.NEGATIVE_INFINITY;
  let onSinceMs = 0;
  let first: Thermometer = 20;
  let look = (_change?: Moment["change"]) => {};
  const bank = {
    ...pins,
    async output(pin: number, request: Parameters<typeof pins.output>[1]) {
      const line = await pins.output(pin, request);
      const write = (level: Level) => {
        const isChange = level !== line.read();
        line.write(level);
        if (isChange) look({ pin, level });
      };
      return { ...line, write };
    },
  };
  const begin = async () => {
    look = () => {};
    const bus = new FakeBus();
    if (isAlone) bus.connect = () => {};
    const thermostat = "heater: heater, cooler: cooler, mode: heat_cool";
    const options = { first, others, thermostat, heater: yaml(heater), cooler: yaml(cooler) };
    const house = await warmHouse({ ...options, bus, stateFile, pins, bank });
    const { clock, heard } = house;
    meddledAtMs = Number.NEGATIVE_INFINITY;
    look = (change) => {
      const atMs = clock.monotonicMs();
      if (change?.level === 1) onSinceMs = atMs;
      const told = heard.filter(({ outcome }) => outcome !== "failed").at(-1);
      moments.push({
        atMs,
        on: house.on(),
        change,
        last: heard.at(-1),
        number: typeof told?.outcome === "number" ? { outcome: told.outcome, atMs: told.atMs } : undefined,
        ...wished,
        sinceMeddlingMs: atMs - meddledAtMs,
        onForMs: atMs - onSinceMs,
      });
    };
    return house;
  };

  let house = await begin();
  for (const step of steps) {
    // The clock of a house that was killed stands still for ever, so that nothing of it moves; the pins stay as they are.
    if (step === "kill") house = await begin();
    else if ("thermometer" in step) {
      first = step.thermometer;
      house.set(first);
    } else if ("broker" in step) step.broker === "gone" ? house.bus.disconnect({ forget: true }) : house.bus.connect();
    else if ("meddle" in step) {
      meddledAtMs = house.clock.monotonicMs();
      house.bus.receive(step.with, step.meddle);
    } else if ("send" in step) {
      if (step.to === "mode") wished.mode = step.send;
      else wished.target = Number(step.send);
      house.bus.receive(`it/${step.to}/set`, step.send);
    } else
      for (let second = 0; second < step.pass; second += 1) {
        await house.clock.advance(1_000);
        look();
      }
    await house.clock.advance(0);
  }
  return moments;
}

const tenths = (min: number, max: number) => fc.integer({ min, max }).map((tenth) => tenth / 10);
const temperature = fc.oneof(tenths(190, 210), tenths(193, 207), fc.constantFrom(17, 23));
const bad = fc.constantFrom<Thermometer>("null", "fails", "hangs", "slow");
const reading = (what: fc.Arbitrary<Thermometer>) => what.map((now): Step => ({ thermometer: now }));
const seconds = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(11, 23, 60));
const time = seconds.map((pass): Step => ({ pass }));
const wish = fc.constantFrom<Step>(
  ...["off", "heat", "cool", "heat_cool"].map((mode) => ({ send: mode, to: "mode" })),
  ...["19", "21"].map((target) => ({ send: target, to: "target" })),
);
const meddling = fc.constantFrom<Step>(
  { meddle: "on", with: "heater" },
  { meddle: "on", with: "cooler" },
  { meddle: "off", with: "heater" },
  { meddle: "off", with: "cooler" },
);
const broker = fc.constantFrom<Step>({ broker: "gone" }, { broker: "there" });
const kill = fc.constant<Step>("kill");
const good = reading(temperature);
const any = reading(fc.oneof(temperature, bad));
/** It is much too warm or too cold, and that is read. */
const swing = fc.tuple(reading(fc.constantFrom(17, 23)), fc.constant<Step>({ pass: 11 }));
/** What is wished just after a first reading has failed, of a thermostat that was off: there is a reading still, but it is not good. */
const wishInDoubt = fc
  .tuple(swing, fc.integer({ min: 1, max: 13 }), wish)
  .map(([read, pass, wished]): readonly Step[] => [
    { send: "off", to: "mode" },
    ...read,
    { thermometer: "fails" },
    { pass },
    wished,
    { pass: 2 },
  ]);
/** A bus on which a reading takes so long that the one before is too old. */
const slowly = fc.tuple(reading(fc.constantFrom(17, 23)), time, fc.constant<Step>({ thermometer: "slow" }), time, time);
/** Some time passes between most of the steps. */
const life = (...doings: readonly fc.Arbitrary<Step | readonly Step[]>[]) =>
  fc
    .array(fc.oneof({ weight: doings.length, arbitrary: time }, ...doings), {
      minLength: 5,
      maxLength: 25,
      size: "max",
    })
    .map((steps) => steps.flat() as readonly Step[]);

const none: Limits = { on: 0, off: 0 };
const limits = fc.record({ on: fc.constantFrom(0, 25), off: fc.constantFrom(0, 20, 45) });
const beginning = fc.record({
  heater: limits,
  cooler: limits,
  others: fc.constantFrom(0, 6),
  isAlone: fc.boolean(),
});
const plain: Beginning = { heater: none, cooler: none, others: 0, isAlone: false };

const runs = { numRuns: 40 };
/** Lives take long on a machine that has much to do. */
const patience = 120_000;

describe("a thermostat, whatever happens", () => {
  it(
    "is never on by a reading that is not good or too old, but for the shortest time on",
    async () => {
      const steps = life(any, slowly, broker, kill);
      await fc.assert(
        fc.asyncProperty(steps, beginning, async (happens, begun) => {
          for (const { on, number, atMs, onForMs } of await live(happens, begun)) {
            const longestOnMs = 1_000 * Math.max(begun.heater.on, begun.cooler.on);
            if (on === "nothing" || onForMs < longestOnMs) continue;
            expect(number).toBeDefined();
            expect(atMs - (number?.atMs ?? 0)).toBeLessThanOrEqual(staleMs + lookMs);
          }
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "begins nothing but by a reading that is good, and what the mode and the temperature ask for",
    async () => {
      const steps = life(any, wish, wishInDoubt, wishInDoubt, broker, kill);
      await fc.assert(
        fc.asyncProperty(steps, beginning, async (happens, begun) => {
          for (const { change, last, mode, target, on } of await live(happens, begun)) {
            if (change?.level !== 1) continue;
            expect(on).toBe(change.pin === heaterPin ? "heater" : "cooler");
            expect(mode).toMatch(change.pin === heaterPin ? /^heat/ : /cool$/);
            expect(typeof last?.outcome).toBe("number");
            const missing = (target - Number(last?.outcome)) * (change.pin === heaterPin ? 1 : -1);
            expect(missing).toBeGreaterThan(0);
          }
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "never has the heater and the cooler on",
    async () => {
      await fc.assert(
        fc.asyncProperty(life(good, swing, wish, kill), beginning, async (happens, begun) => {
          for (const { on } of await live(happens, begun)) expect(on).not.toBe("both");
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "has both on for a second at the most after somebody else switched one on, but for the shortest times",
    async () => {
      await fc.assert(
        fc.asyncProperty(life(good, meddling, meddling), beginning, async (happens, begun) => {
          // What somebody else orders may wait for the shortest time off, and then stays on for the shortest time on.
          const { heater, cooler } = begun;
          const longestMs = 1_000 * Math.max(heater.off + heater.on, cooler.off + cooler.on);
          for (const { on, sinceMeddlingMs } of await live(happens, begun))
            if (sinceMeddlingMs > 1_000 + longestMs) expect(on).not.toBe("both");
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "switches nothing within the band",
    async () => {
      await fc.assert(
        fc.asyncProperty(life(good), async (happens) => {
          for (const { change, last, target } of await live(happens, plain)) {
            if (change === undefined) continue;
            const away = (Number(last?.outcome) - target) * (change.pin === coolerPin ? 1 : -1);
            if (change.level === 1) expect(away).toBeGreaterThanOrEqual(hysteresis - 1e-9);
            else expect(away).toBeLessThanOrEqual(0);
          }
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "does the same at the same time where there is never a broker",
    async () => {
      const changes = (moments: readonly Moment[]) =>
        moments.filter(({ change }) => change !== undefined).map(({ change, atMs }) => ({ ...change, atMs }));
      await fc.assert(
        fc.asyncProperty(life(any, any, kill), beginning, async (happens, begun) => {
          const alone = await live(happens, { ...begun, isAlone: true });
          expect(changes(alone)).toEqual(changes(await live(happens, { ...begun, isAlone: false })));
        }),
        runs,
      );
    },
    patience,
  );
});
