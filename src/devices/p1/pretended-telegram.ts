import { mbusMeasures, p1Measures } from "./p1-measures.ts";
import { telegramOf } from "./telegram.ts";

const mbusTime = "261122170000W";

/** The telegram of a meter with these values, for the simulation. */
export function pretendedTelegram(values: Readonly<Record<string, number>>): readonly number[] {
  const of = Object.entries(p1Measures).flatMap(([name, measure]) => {
    const value = values[name];
    if (value === undefined) return [];
    const [unit, number] =
      "unit" in measure && measure.unit === "W"
        ? ["kW", value / 1_000]
        : ["unit" in measure ? measure.unit : "", value];
    return [`${measure.code}(${number.toFixed(unit === "" ? 0 : 3)}${unit && `*${unit}`})`];
  });
  const ofMbus = Object.entries(mbusMeasures).flatMap(([name, { type }], index) => {
    const value = values[name];
    if (value === undefined) return [];
    const channel = `0-${index + 1}`;
    return [`${channel}:24.1.0(00${type})`, `${channel}:24.2.1(${mbusTime})(${value.toFixed(3)}*m3)`];
  });
  return telegramOf([...of, ...ofMbus]);
}
