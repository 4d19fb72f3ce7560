import type { Measure } from "../../core/measure.ts";
import { channelFactor } from "../../core/readers/channel.ts";
import { type FreeMeasure, measureOf, withWritten } from "../../core/readers/free-measures.ts";
import { quantity } from "../../core/readers/quantity.ts";
import { around, type Drift } from "../../core/simulation/pretend.ts";

/** A measure as its owner wrote it: its channel, how its number is converted, and what they said of it. */
export type ChosenChannel = FreeMeasure & {
  readonly channel: string;
  readonly multiply?: number | undefined;
  readonly offset?: number | undefined;
};

const dust: Omit<Measure, "range"> = { unit: "µg/m³", digits: 1 };
const gas: Omit<Measure, "range"> = { unit: "ppm", digits: 0 };

/**
 * What channels with these beginnings hold (Documentation/ABI/testing/sysfs-bus-iio of Linux 6.12), within what they can be right, and what
 * the simulation shows.
 */
const usual: readonly (readonly [start: string, measure: Measure, middle: number])[] = [
  ["in_temp", { ...quantity.temperature, range: [-273, 2000] }, 21],
  ["in_humidityrelative", { ...quantity.humidity, range: [0, 100] }, 50],
  ["in_pressure", { ...quantity.pressure, range: [0, 100_000] }, 1013],
  ["in_voltage", { ...quantity.voltage, range: [-1000, 1000] }, 1.6],
  ["in_current", { ...quantity.current, range: [-1000, 1000] }, 0.8],
  ["in_power", { ...quantity.power, range: [-100_000, 100_000] }, 4],
  ["in_concentration_co2", { ...quantity.carbonDioxide, range: [0, 1_000_000] }, 600],
  ["in_concentration", { ...gas, range: [0, 1_000_000] }, 5],
  ["in_massconcentration_pm2p5", { ...quantity.pm25, range: [0, 10_000] }, 8],
  ["in_massconcentration_pm10", { ...quantity.pm10, range: [0, 10_000] }, 12],
  ["in_massconcentration_pm1", { ...quantity.pm1, range: [0, 10_000] }, 6],
  ["in_massconcentration", { ...dust, range: [0, 10_000] }, 8],
  ["in_illuminance", { ...quantity.illuminance, range: [0, 500_000] }, 300],
  ["in_resistance", { ...quantity.resistance, range: [0, 1e9] }, 10_000],
  ["in_distance", { ...quantity.distance, range: [0, 1000] }, 1.2],
  ["in_accel", { unit: "m/s²", digits: 2, range: [-1000, 1000] }, 9.8],
];

/** The channel's name, also where its owner wrote one of its files. */
export function channelOf({ channel }: ChosenChannel): string {
  return channel.replace(/_(raw|input)$/, "");
}

function usualOf(chosen: ChosenChannel) {
  const channel = channelOf(chosen);
  return usual.find(([start]) => channel.startsWith(start));
}

/** The measure of a channel: what its name says, and over that what its owner said. */
export function measureOfChannel(chosen: ChosenChannel): Measure {
  const written = measureOf(chosen);
  const known = usualOf(chosen)?.[1];
  if (known === undefined || (written.unit !== undefined && written.unit !== known.unit)) return written;
  return withWritten(known, chosen);
}

function factorOf(chosen: ChosenChannel): number {
  return chosen.multiply ?? channelFactor("iio", channelOf(chosen));
}

/** The value of a channel in the unit of its measure, of its number in IIO's unit. */
export function inItsUnit(chosen: ChosenChannel, number: number): number {
  return number * factorOf(chosen) + (chosen.offset ?? 0);
}

/** The file of a channel that has this value, for the simulation. */
export function shownAs(chosen: ChosenChannel, value: number): Record<string, string> {
  const number = (value - (chosen.offset ?? 0)) / (factorOf(chosen) || 1);
  return { [`${channelOf(chosen)}_input`]: number.toFixed(9) };
}

/** Why a measure cannot have the unit that was written, as a clause; undefined if it can. */
export function unitClash(name: string, chosen: ChosenChannel): string | undefined {
  const { multiply, channel } = chosen;
  const { unit } = measureOf(chosen);
  const known = usualOf(chosen)?.[1].unit;
  if (unit === undefined || multiply !== undefined || known === undefined || known === unit) return undefined;
  return `${name}: ${channel} is published in ${known}; remove unit, or write multiply, which makes ${unit} of IIO's number`;
}

/** How a measure moves when it is simulated. */
export function simulatedOf(chosen: ChosenChannel): Drift {
  const inIio = (usualOf(chosen)?.[2] ?? 100) / channelFactor("iio", channelOf(chosen));
  const middle = inItsUnit(chosen, inIio);
  return around(middle, Math.abs(middle) / 20, 120_000);
}
