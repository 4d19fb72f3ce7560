import { smlFrame } from "./sml-frame.ts";
import { type SmlName, smlMeasures } from "./sml-measures.ts";

/** The frame of a meter with these values, for the simulation: a list of lists of seven, each number a signed one of eight bytes. */
export function pretendedSml(values: Readonly<Record<string, number>>): readonly number[] {
  const entries = Object.entries(values).map(([name, value]) => entry(name as SmlName, value));
  return smlFrame([0x70 + Math.min(entries.length, 15), ...entries.slice(0, 15).flat()]);
}

/** Thousandths of the unit, or of a thousand of them where the measure's unit is so much. */
function entry(name: SmlName, value: number): readonly number[] {
  const measure = smlMeasures[name];
  const divisor = "divisor" in measure ? measure.divisor : 1;
  const thousandths = BigInt(Math.round(value * divisor * 1_000));
  const bytes = Array.from({ length: 8 }, (_, index) => Number((thousandths >> BigInt(56 - 8 * index)) & 0xffn));
  const code = (measure.code.match(/\d+/g) ?? []).map(Number);
  return [0x77, 0x07, ...code, 0xff, 0x01, 0x01, 0x62, measure.dlmsUnit, 0x52, 0xfd, 0x59, ...bytes, 0x01];
}
