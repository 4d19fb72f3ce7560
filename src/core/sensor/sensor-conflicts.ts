import { derivable, lackingFor } from "../derived/derive.ts";
import { filterAlone } from "../filters/filter-list.ts";
import { type Measure, measureName } from "../measure.ts";
import { byMeasure, isAlone, noMeasure } from "./per-measure.ts";
import type { SharedOptions } from "./shared-options.ts";

type Measures = Readonly<Record<string, Measure>>;
type Problems = Record<string, string>;

/** What of the options that all sensors have does not fit the device: by option, or by option and name with a point between. */
export function sensorConflicts(options: SharedOptions, own: Measures, derived: readonly string[]): Problems {
  return {
    ...wrongNames(options, own, derived),
    ...wrongRanges(options, own),
    ...wrongDerived(options, own),
    ...wrongPublishing(options),
    ...takenNames(options, own),
    ...tooSoonStuck(options, Object.keys(own)),
  };
}

/** Of the options that are written by measure, those for no measure of this device. */
function wrongNames(options: SharedOptions, own: Measures, derived: readonly string[]): Problems {
  const problems: Problems = {};
  const ownNames = Object.keys(own);
  const everything = [...ownNames, ...derived];
  for (const option of ["filters", "range", "max_change", "stuck_after", "delta"] as const) {
    const written = options[option];
    if (written === undefined) continue;
    const names = option === "filters" || option === "delta" ? everything : ownNames;
    if (isAlone(written) && ownNames.length > 1)
      problems[option] =
        `does not say for which measure; write it below the name of one, as in ${ownNames[0]}: …; there are ${ownNames.join(", ")}`;
    if (isAlone(written)) continue;
    for (const name of Object.keys(written).filter((one) => !names.includes(one)))
      problems[`${option}.${name}`] =
        `"${name}" ${(option === "filters" && filterAlone(name)) || noMeasure("device", names)}`;
  }
  return problems;
}

function wrongRanges({ range }: SharedOptions, own: Measures): Problems {
  const problems: Problems = {};
  for (const [name, limits] of Object.entries(byMeasure(range, Object.keys(own)))) {
    const whole = own[name]?.range;
    if (limits === undefined || whole === undefined || (limits[0] >= whole[0] && limits[1] <= whole[1])) continue;
    problems[isAlone(range) ? "range" : `range.${name}`] =
      `is wider than what the sensor can measure; write a range within ${whole[0]} to ${whole[1]}`;
  }
  return problems;
}

function wrongDerived({ derive = [], altitude }: SharedOptions, own: Measures): Problems {
  const possible = derivable(own);
  const impossible = derive.filter((name) => !possible.some(({ derived }) => derived.name === name));
  const needsAltitude = possible.some(({ derived }) => derived.needsAltitude && derive.includes(derived.name));
  const twice = derive.find((name, index) => derive.indexOf(name) !== index);
  if (impossible.length > 0)
    return {
      derive: impossible
        .map((name) => `${name} ${lackingFor(name, own) ?? "is measured already; remove it here"}`)
        .join("; ")
        .concat("; what a measure is, its device_class says"),
    };
  if (twice !== undefined) return { derive: `names ${twice} twice; remove one of them` };
  if (needsAltitude && altitude === undefined)
    return { altitude: 'is missing; write "altitude: 320m", for example, since sea_level_pressure needs it' };
  return !needsAltitude && altitude !== undefined
    ? { altitude: "has an effect only with derive: [sea_level_pressure]; add that or remove the altitude" }
    : {};
}

function wrongPublishing({ publish, delta, heartbeat }: SharedOptions): Problems {
  if (publish === "on_change") return {};
  const sentence = "has an effect only with publish: on_change; add that or remove this line";
  return { ...(delta !== undefined && { delta: sentence }), ...(heartbeat !== undefined && { heartbeat: sentence }) };
}

/** Where the options decide what is measured, a measure may be called like what the quality is said in. */
function takenNames({ quality }: SharedOptions, own: Measures): Problems {
  if (!quality) return {};
  const [taken] = ["quality", "reason"].filter((name) => own[name] !== undefined);
  if (taken !== undefined)
    return { quality: `is said in the values quality and reason; give the measure ${taken} another name` };
  const [alike] = Object.entries(own).filter(
    ([key, measure]) => measureName(key, measure).trim().toLowerCase() === "problem",
  );
  return alike === undefined
    ? {}
    : { quality: `is shown as "Problem", and so is the measure ${alike[0]}; write another name for that` };
}

function tooSoonStuck({ every, stuck_after: stuck }: SharedOptions, own: readonly string[]): Problems {
  const isTooSoon = Object.values(byMeasure(stuck, own)).some((ms) => ms !== undefined && ms <= 2 * every);
  return isTooSoon ? { stuck_after: "is not longer than two readings; write a longer time, or a shorter every" } : {};
}
