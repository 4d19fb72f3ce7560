import type { Measure } from "../../core/measure.ts";
import { around, type Drift } from "../../core/simulation/pretend.ts";
import { type Block, isBits, registerTypes, request, withCrc } from "./modbus-frames.ts";
import { encode, type Place } from "./modbus-values.ts";

/** What meters usually show, by Home Assistant's device class. */
const usual: Readonly<Record<string, Drift>> = {
  voltage: around(230, 3, 300_000),
  current: around(2, 1.5, 240_000),
  power: around(450, 300, 240_000),
  frequency: around(50, 0.1, 120_000),
  energy: around(1_234.5, 0, 60_000),
  temperature: around(21, 2, 600_000),
  power_factor: around(0.95, 0.04, 300_000),
};

/** How a measure moves in the simulation. */
export function driftOf({ device_class = "", flag, range: [low, high] }: Measure): Drift {
  const drift = flag ? around(0, 0, 60_000) : (usual[device_class] ?? around(10, 5, 300_000));
  const isInside = drift.middle - drift.swing >= low && drift.middle + drift.swing <= high;
  return isInside ? drift : around((low + high) / 2, 0, 60_000);
}

/** What a unit answers to a request, when its measures have these values. Undefined: the request is for another one, or broken. */
export function meterAnswer(
  unit: number,
  places: Readonly<Record<string, Place>>,
  values: Readonly<Record<string, number>>,
  asked: readonly number[],
): readonly number[] | undefined {
  const [address, code = 0, startHigh = 0, startLow = 0, countHigh = 0, countLow = 0] = asked;
  const [start, count] = [startHigh * 256 + startLow, countHigh * 256 + countLow];
  const block = registerTypes
    .map((type): Block => ({ type, start, count }))
    .find((candidate) => request(unit, candidate).join() === asked.join());
  if (address !== unit || block === undefined) return undefined;
  const data = isBits(block.type) ? new Uint8Array(Math.ceil(count / 8)) : new Uint8Array(2 * count);
  for (const [name, place] of Object.entries(places)) {
    const offset = place.register - start;
    if (place.type !== block.type || offset < 0 || offset >= count) continue;
    if (isBits(place.type)) data[offset >> 3] = (data[offset >> 3] ?? 0) | ((values[name] ? 1 : 0) << (offset & 7));
    else data.set(encode(place, values[name] ?? 0).subarray(0, 2 * (count - offset)), 2 * offset);
  }
  return withCrc([unit, code, data.length, ...data]);
}
