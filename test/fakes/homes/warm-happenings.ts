import fc from "fast-check";
import type { Thermometer } from "./warm-house.ts";
import { type Beginning, type Limits, presets, type Step } from "./warm-life.ts";

const tenths = (min: number, max: number) => fc.integer({ min, max }).map((tenth) => tenth / 10);
const temperature = fc.oneof(tenths(190, 210), tenths(193, 207), fc.constantFrom(17, 23));
const bad = fc.constantFrom<Thermometer>("null", "fails", "hangs", "slow");
const reading = (what: fc.Arbitrary<Thermometer>) => what.map((now): Step => ({ thermometer: now }));
const seconds = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(11, 23, 60));
const time = seconds.map((pass): Step => ({ pass }));
const wish = fc.constantFrom<Step>(
  ...["off", "heat", "cool", "heat_cool"].map((mode) => ({ send: mode, to: "mode" as const })),
  ...["19", "21"].map((target) => ({ send: target, to: "target" as const })),
);
const slowly = fc.tuple(reading(fc.constantFrom(17, 23)), time, fc.constant<Step>({ thermometer: "slow" }), time, time);
/** It is much too warm or too cold, and that is read. */
const swing = fc.tuple(reading(fc.constantFrom(17, 23)), fc.constant<Step>({ pass: 11 }));

/** What may happen. */
export const happenings = {
  /** A good reading; one that is good or not; one that is good and far away. */
  good: reading(temperature),
  any: reading(fc.oneof(temperature, bad)),
  swing,
  /** A bus on which a reading takes so long that the one before is too old. */
  slowly,
  /** It freezes, it nearly freezes, or it does not. */
  frost: fc.tuple(reading(fc.constantFrom(13, 13.9, 14, 14.1, 14.4, 14.5, 17)), fc.constant<Step>({ pass: 11 })),
  wish,
  preset: fc.constantFrom<Step>(...["none", ...Object.keys(presets)].map((send) => ({ send, to: "preset" as const }))),
  /**
   * What is wished just after a first reading has failed, of a thermostat that was off: there is a reading still, but it is not good.
   */
  wishInDoubt: fc
    .tuple(swing, fc.integer({ min: 1, max: 13 }), wish)
    .map(([read, pass, wished]): readonly Step[] => [
      { send: "off", to: "mode" },
      ...read,
      { thermometer: "fails" },
      { pass },
      wished,
      { pass: 2 },
    ]),
  meddling: fc.constantFrom<Step>(
    { meddle: "on", with: "heater" },
    { meddle: "on", with: "cooler" },
    { meddle: "off", with: "heater" },
    { meddle: "off", with: "cooler" },
  ),
  broker: fc.constantFrom<Step>({ broker: "gone" }, { broker: "there" }),
  window: fc.constantFrom<Step>({ window: "open" }, { window: "shut" }),
  failing: fc.constantFrom<Step>({ heater: "fails" }, { heater: "works" }),
  kill: fc.constant<Step>("kill"),
} satisfies Record<string, fc.Arbitrary<Step | readonly Step[]>>;

/** A life of these happenings. Some time passes between most of them. */
export const life = (...doings: readonly fc.Arbitrary<Step | readonly Step[]>[]) =>
  fc
    .array(fc.oneof({ weight: doings.length, arbitrary: time }, ...doings), {
      minLength: 5,
      maxLength: 25,
      size: "max",
    })
    .map((steps) => steps.flat() as readonly Step[]);

const none: Limits = { on: 0, off: 0 };
const limits = fc.record({ on: fc.constantFrom(0, 25), off: fc.constantFrom(0, 20, 45) });

/** A beginning without anything special. */
export const plain: Beginning = { heater: none, cooler: none, others: 0, isAlone: false, thermostat: "" };

/** Any beginning. */
export const beginning: fc.Arbitrary<Beginning> = fc.record({
  heater: limits,
  cooler: limits,
  others: fc.constantFrom(0, 6),
  isAlone: fc.boolean(),
  thermostat: fc.constantFrom(
    "",
    "min_on: 20s, min_off: 30s",
    "control: pwm, pwm_period: 1m, min_on: 5s",
    "window: window, window_delay: 5s, fan: fan",
  ),
});
