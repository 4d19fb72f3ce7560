import { UserError } from "../../errors.ts";
import type { BeginDoubt, PartReading } from "./doubt.ts";
import { machineOnMs } from "./machine-on.ts";

/** What a part gives before it has measured anything, though it may also measure exactly that. */
type FirstValues = Readonly<Record<string, number>>;

/** Numbers of files become values of a measure with a factor, so their last digits differ. */
const isSame = (one: PartReading[string] | undefined, other: PartReading[string] | undefined) =>
  typeof one === "number" && typeof other === "number" && Math.abs(one - other) < 0.001;

const areSame = (one: PartReading, other: PartReading) =>
  Object.keys(other).every((name) => isSame(one[name], other[name]));

const inWords = (values: FirstValues) =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(" and ");

/**
 * A part whose first values are no measurement in the first milliseconds after the machine's power-on. Other values are. A machine that
 * does not say how long it has been on is taken to be on for long.
 */
export function firstValues(values: FirstValues, forMs: number): BeginDoubt {
  return async ({ files, clock }) => {
    const untilMs = clock.monotonicMs() + forMs - ((await machineOnMs(files)) ?? forMs);
    return {
      check(reading) {
        if (clock.monotonicMs() < untilMs && areSame(reading, values))
          throw new UserError(
            `the sensor gives ${inWords(values)}, as in the first ${forMs / 60_000} min after power-on when it has measured nothing`,
          );
      },
      failed() {},
    };
  };
}

/**
 * A part whose driver does not start it again when its supply was off. After a reading that failed, neither its first values count nor what
 * it gave last, until it has given something else: its driver may show both for ever. `module` is the driver.
 */
export function firstValuesAfterFailure(values: FirstValues, module: string): BeginDoubt {
  return async () => {
    let last: PartReading = values;
    let hasFailed = false;
    return {
      check(reading) {
        if (hasFailed && (areSame(reading, values) || areSame(reading, last)))
          throw new UserError(
            `the sensor was gone, and gives what it gave before, or ${inWords(values)} as when it has measured nothing`,
            { hint: `if it stays so, restart the Pi, or unload its driver ${module} and load it again` },
          );
        hasFailed = false;
        last = reading;
      },
      failed() {
        hasFailed = true;
      },
    };
  };
}
