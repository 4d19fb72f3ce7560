import type { Measure } from "../measure.ts";
import { NoValue } from "../sensor/no-value.ts";
import { type Channel, naturalQuantity, unitOf } from "./channel-options.ts";
import { ntcCelsius } from "./ntc.ts";
import { valueInTable } from "./resistor-table.ts";

/** Nearer than this to an end of the supply, as a share of it, a resistor counts as broken or shorted. */
const nearEnd = 0.005;

/** What a channel measures, where its input has at most so many volts, above or below 0. */
export function channelMeasure(channel: Channel, maxVolts: number): Measure {
  const natural = naturalQuantity(channel);
  const unit = unitOf(channel);
  const { name, digits = naturalDigits(channel) } = channel;
  const { device_class: deviceClass = unit === natural?.unit ? natural?.device_class : undefined } = channel;
  return {
    range: channelRange(channel, maxVolts),
    digits,
    ...(name !== undefined && { name }),
    ...(unit !== undefined && { unit }),
    ...(deviceClass !== undefined && { device_class: deviceClass }),
  };
}

function naturalDigits(channel: Channel): number {
  return channel.divider === undefined ? (naturalQuantity(channel)?.digits ?? 1) : 2;
}

function channelRange(channel: Channel, maxVolts: number): readonly [number, number] {
  if (channel.ntc !== undefined) return [-80, 300];
  if (channel.table !== undefined) {
    const values = channel.table.map(([, value]) => value);
    return [Math.min(...values), Math.max(...values)];
  }
  const most = (maxVolts * dividerRatio(channel)) / (channel.shunt ?? 1);
  return [-most, most];
}

function dividerRatio({ divider: [above, toGround] = [0, 1] }: Channel): number {
  return (above + toGround) / toGround;
}

/** What a voltage at a channel's input means. `reference` is the supply of a resistor, in volts. */
export function channelValue(channel: Channel, volts: number, reference: number): number | NoValue {
  const { shunt, ntc, table } = channel;
  if (Number.isNaN(volts)) return Number.NaN;
  if (ntc === undefined && table === undefined) return volts * dividerRatio(channel) * (1 / (shunt ?? 1));
  const ohms = resistorOhms(channel, volts / reference);
  if (ohms === Number.POSITIVE_INFINITY) return new NoValue("its resistor is not connected, or its wire is broken");
  if (table !== undefined) return valueInTable(table, ohms);
  return ohms === 0 ? new NoValue("its thermistor or its wire has a short circuit") : ntcCelsius(ntc ?? {}, ohms);
}

/** The ohms of a resistor in series with a fixed one; 0 or Infinity very near to an end for an NTC or a broken wire. */
function resistorOhms({ configuration = "downstream", resistor = 0, table }: Channel, share: number): number {
  // The share of the supply that lies across the resistor itself.
  const own = configuration === "downstream" ? share : 1 - share;
  if (own >= 1 - nearEnd) return Number.POSITIVE_INFINITY;
  // A sender of a table may really have 0 Ω at one of its ends.
  if (own <= (table === undefined ? nearEnd : 0)) return 0;
  return (resistor * own) / (1 - own);
}

/** The voltage at which a channel has this value, for the simulation. */
export function channelVolts(channel: Channel, value: number, reference: number): number {
  if (channel.ntc === undefined && channel.table === undefined)
    return (value / dividerRatio(channel)) * (channel.shunt ?? 1);
  let [low, high] = [nearEnd * reference * 1.001, (1 - nearEnd) * reference * 0.999];
  const at = (volts: number) => {
    const one = channelValue(channel, volts, reference);
    return typeof one === "number" ? one : undefined;
  };
  // Beyond a table there is no value: begin where the table does.
  const step = (high - low) / 500;
  while (at(low) === undefined && low < high) low += step;
  while (at(high) === undefined && low < high) high -= step;
  const rises = (at(high) ?? 0) > (at(low) ?? 0);
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2;
    if ((at(middle) ?? 0) < value === rises) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
