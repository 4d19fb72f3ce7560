import type { Measure } from "../measure.ts";
import type { DerivedMeasure } from "./derived-measure.ts";
import { derivedMeasures } from "./index.ts";

type Measures = Readonly<Record<string, Measure>>;

/** A derived measure of a device, with the names of the measures that it is computed from. */
export interface Derivation {
  readonly derived: DerivedMeasure;
  readonly from: readonly string[];
  /** The measure that it uses besides; undefined where there is none. */
  readonly used: string | undefined;
}

/** What can be derived of these measures. A quantity that is measured twice counts by its first measure. */
export function derivable(measures: Measures): readonly Derivation[] {
  return derivedMeasures.flatMap((derived) => {
    const from = derived.needs.map((needed) => withDeviceClass(measures, needed));
    if (measures[derived.name] !== undefined || !from.every((name) => name !== undefined)) return [];
    return [{ derived, from, used: derived.uses === undefined ? undefined : withDeviceClass(measures, derived.uses) }];
  });
}

/**
 * Why something cannot be derived of these measures, as a clause after its name: what they lack, and which sensors have it. Undefined for a
 * name of which nothing is known, and for one whose needs are all there.
 */
export function lackingFor(name: string, measures: Measures): string | undefined {
  const needs = derivedMeasures.find((one) => one.name === name)?.needs ?? [];
  const words = (some: readonly string[], between: string) => some.map((one) => one.replaceAll("_", " ")).join(between);
  const lacking = needs.filter((needed) => withDeviceClass(measures, needed) === undefined);
  return lacking.length === 0
    ? undefined
    : `needs ${words(needs, " and ")}, and no ${words(lacking, " and no ")} is measured here; it is for sensors that measure ${needs.length > 1 ? "both" : "it"}`;
}

/** Those derived measures of a device that its owner asked for, in the order in which they were written. */
export function chosenDerivations(measures: Measures, chosen: readonly string[] = []): readonly Derivation[] {
  const all = derivable(measures);
  return chosen.flatMap((name) => all.filter(({ derived }) => derived.name === name));
}

/** What is measured, and after it what is derived. */
export function measuresWith(own: Measures, derivations: readonly Derivation[]): Measures {
  return { ...own, ...Object.fromEntries(derivations.map(({ derived }) => [derived.name, derived.measure])) };
}

/** The measure of a quantity: the one that is called like it, or the first. */
function withDeviceClass(measures: Measures, deviceClass: string): string | undefined {
  const fitting = Object.keys(measures).filter((name) => measures[name]?.device_class === deviceClass);
  return fitting.find((name) => name === deviceClass) ?? fitting[0];
}
