import { lackingFor } from "../../core/derived/derive.ts";
import { filterKinds } from "../../core/filters/index.ts";
import type { DeviceKind } from "../../core/kind.ts";
import { oneLine } from "../../yaml/one-line.ts";

/** Words of other programs for what a filter does here. */
const filterNames: Readonly<Record<string, string>> = {
  accuracy_decimals: "round",
  calibration: "offset",
  correction: "offset",
  decimals: "round",
  factor: "multiply",
  multiplier: "multiply",
  precision: "round",
  scale: "multiply",
  suggested_display_precision: "round",
};

const ofMeasures = ["device_class", "state_class", "unit", "unit_of_measurement"];

/**
 * What to do with a key that is no option of a sensor's kind, but is known for sensors: a filter, a measure, or what the kind cannot
 * derive. `written` are the device's settings. As a clause after a sentence; "" for all others, and for kinds that measure nothing.
 */
export function sensorAdvice(kind: DeviceKind, written: Readonly<Record<string, unknown>>, key: string): string {
  const { measures = {}, options } = kind;
  if (options["filters"] === undefined) return "";
  if (key === "derive" || key === "altitude") {
    const names = key === "altitude" ? "sea_level_pressure" : written["derive"];
    const [clause] = [names].flat().flatMap((name) => {
      const lacking = lackingFor(String(name), measures);
      return lacking === undefined ? [] : [`; ${name} ${lacking}, so remove this line`];
    });
    return clause ?? "; nothing can be computed of what it measures: remove this line";
  }
  const isOfMeasure = options["measures"] !== undefined || options["channels"] !== undefined;
  if (isOfMeasure && (ofMeasures.includes(key) || key === "digits"))
    return "; write it below the name of a measure, whose it is";
  if (ofMeasures.includes(key)) return "; each measure has its own already: remove this line";
  const filter = filterKinds.find(({ name }) => name === (filterNames[key] ?? key));
  if (filter !== undefined) return `; ${asFilter(filter.name, filter.examples[0], Object.keys(measures), isOfMeasure)}`;
  return key in measures
    ? `; it is measured anyway: remove this, or write its name as in ${oneLine("home_assistant", { [key]: { name: "…" } })}`
    : "";
}

function asFilter(name: string, example: unknown, measures: readonly string[], isOfMeasure: boolean): string {
  const list = [{ [name]: example }];
  const [first = "temperature", ...others] = measures;
  const value = others.length === 0 && !isOfMeasure ? list : { [first]: list };
  return `that is a filter: write "${oneLine("filters", value)}", for example`;
}
