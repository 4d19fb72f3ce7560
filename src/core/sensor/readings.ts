import { chosenDerivations, measuresWith } from "../derived/derive.ts";
import { type AboutState, Taken } from "../device.ts";
import { explain } from "../errors.ts";
import type { Log } from "../log/log.ts";
import type { Measure } from "../measure.ts";
import type { Clock } from "../time/clock.ts";
import { acceptReadings, published } from "./accept-readings.ts";
import { changesOf, type SensorState } from "./changes.ts";
import { byMeasure } from "./per-measure.ts";
import { judges, type Raw } from "./plausibility.ts";
import type { SharedOptions } from "./shared-options.ts";
import { Values } from "./values.ts";

/** After so many failed readings in a row a sensor is offline, and its filters begin anew with the next good reading. */
const failuresUntilGone = 3;

/** What the readings of a sensor need. */
export interface ReadingsPorts {
  /** What the sensor measures by itself. */
  readonly own: Readonly<Record<string, Measure>>;
  readonly options: SharedOptions;
  readonly clock: Pick<Clock, "after" | "monotonicMs">;
  readonly log: Log;
  /** Says a state that no reading brought at this moment. */
  readonly restate: (state: SensorState, about: AboutState) => void;
}

/** Makes states of what a sensor gave: plausible? filters, derived measures, rounding, and what of it is published. */
export interface Readings {
  /** Takes a reading. Undefined: it is good, and there is nothing new to say. Throws where it is not good. */
  take(raw: Raw): Taken<SensorState> | undefined;
  /** Takes that a reading has failed. Gives the state that says so, if there is one. */
  fail(error: unknown): SensorState | undefined;
}

/** Makes the readings for one run of a sensor. */
export function readingsOf({ own, options, clock, log, restate }: ReadingsPorts): Readings {
  const ownNames = Object.keys(own);
  const derivations = chosenDerivations(own, options.derive);
  const measures = measuresWith(own, derivations);
  const all = Object.entries(measures);
  const names = Object.keys(measures);
  const judge = judges(own, options);
  const { accept, failed } = acceptReadings(ownNames, judge, { log, holds: options.quality === true });
  const changes = changesOf(options, ownNames);
  /** Why the last reading failed as a whole. */
  let failure: string | undefined;
  /** Whether the next good reading says the state in any case: it says that all is well, or what nobody heard in between. */
  let isNewsAnyway = false;
  let failuresInARow = 0;

  const suspects = () => names.filter((name) => values.of(name).suspect !== undefined);
  const stateNow = (): SensorState => {
    const state: Record<string, unknown> = {};
    for (const [name, measure] of all) state[name] = published(measure, values.of(name).value);
    if (!options.quality) return state;
    const reason = failure ?? faults ?? suspects().map((name) => values.of(name).suspect)[0] ?? null;
    return { ...state, quality: reason === null ? "good" : "suspect", reason };
  };
  /** What is wrong with values that have become null. */
  let faults: string | undefined;
  const about = (state: SensorState, more: AboutState = {}): AboutState => {
    const isQuiet = changes?.isDue(state, clock.monotonicMs()) === false;
    return isQuiet ? { suspects: suspects(), isQuiet, ...more } : { suspects: suspects(), ...more };
  };

  const values = new Values({
    measures,
    filters: byMeasure(options.filters, ownNames),
    derivations,
    altitude: options.altitude ?? 0,
    clock,
    onLate() {
      if (failure !== undefined) isNewsAnyway = true;
      const state = stateNow();
      restate(state, about(state));
    },
  });

  return {
    take(raw) {
      const atMs = clock.monotonicMs();
      const wasGone = failuresInARow >= failuresUntilGone;
      const brought = accept(raw, atMs);
      failuresInARow = 0;
      // What stood before is forgotten only now: until then Home Assistant shows it, as unavailable.
      if (wasGone && values.hasAny) {
        values.forget();
        isNewsAnyway = true;
      }
      const wasFaulty = faults !== undefined;
      const found: string[] = [];
      const passing = new Map<string, number | null>();
      for (const [name, one] of brought) {
        if ("value" in one) passing.set(name, one.value);
        else {
          found.push(one.fault);
          if (one.isHeld) values.doubt(name, one.fault);
          else passing.set(name, null);
        }
      }
      failure = undefined;
      faults = found.length > 0 ? found.join(", and ") : undefined;
      const isNews = values.take(passing, atMs);
      const qualityIsNews = options.quality === true && (wasFaulty || faults !== undefined);
      const mustSay = isNews || qualityIsNews || (isNewsAnyway && values.hasAny);
      isNewsAnyway = false;
      if (!values.hasAny) return undefined;
      const state = stateNow();
      const known = about(state, faults === undefined ? {} : { lacksValue: true });
      return mustSay || (changes !== undefined && !known.isQuiet) ? new Taken(state, known) : undefined;
    },
    fail(error) {
      failed();
      failuresInARow += 1;
      failure = explain(error);
      changes?.forget();
      if (options.quality) isNewsAnyway = true;
      return options.quality && values.hasAny ? stateNow() : undefined;
    },
  };
}
