import * as z from "zod";
import { UserError } from "../core/errors.ts";
import { defineI2cPart } from "../core/readers/i2c/define-i2c-part.ts";
import type { PartOnBus } from "../core/readers/i2c/part-on-bus.ts";
import { checkedWords, withCrc } from "../core/readers/i2c/sensirion.ts";
import { highFirst } from "../core/readers/i2c/words.ts";
import { quantity } from "../core/readers/quantity.ts";
import { NoValue } from "../core/sensor/no-value.ts";
import { around } from "../core/simulation/pretend.ts";

/** Commands: interface description SCD30, version 1.0, sections 1.4.1 to 1.4.9. */
const command = {
  start: 0x0010,
  interval: 0x4600,
  isReady: 0x0202,
  measurement: 0x0300,
  selfCalibration: 0x5306,
  temperatureOffset: 0x5403,
  altitude: 0x5102,
} as const;
/** Between a command and its answer the part wants at least 3 ms (section 1.1.2). It may hold the clock for 150 ms besides. */
const answerAfterMs = 4;
/** The shortest interval of its measurements (section 1.4.3). It keeps it without its supply. */
const intervalS = 2;

const options = {
  automatic_self_calibration: z
    .boolean()
    .optional()
    .describe(
      "True lets it calibrate itself, for which it needs fresh air each day. Default: as the part was told last.",
    ),
  altitude_compensation: z
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe("The height above the sea in metres, which counts for CO₂. Default: as the part was told last."),
  temperature_offset: z
    .number()
    .min(0)
    .max(20)
    .optional()
    .describe("By how many °C it is warmer than the air, which it subtracts. Default: as the part was told last."),
};

/** CO₂, temperature and humidity of a room. */
export const scd30 = defineI2cPart({
  kind: "scd30",
  summary:
    "A Sensirion SCD30 on I2C, spoken to without a driver. It holds the clock of the bus, so a bus of 50 kHz is best (dtparam=i2c_arm_baudrate=50000).",
  usedFor: "CO₂, temperature and humidity from an SCD30",
  searchedAs: ["CO2"],
  group: "air",
  topic: "home/living/air",
  addresses: [0x61],
  options,
  every: { default: "30s", min: "3s" },
  measures: {
    co2: { ...quantity.carbonDioxide, range: [0, 40_000], simulated: around(780, 160, 900_000) },
    temperature: { ...quantity.temperature, range: [-40, 70], simulated: around(22.1, 0.6, 300_000) },
    humidity: { ...quantity.humidity, range: [0, 100], simulated: around(44, 4, 400_000) },
  },
  async setUp(
    part,
    { automatic_self_calibration: calibrates, altitude_compensation: altitude, temperature_offset: offset },
  ) {
    await keep(part, command.interval, intervalS);
    if (calibrates !== undefined) await keep(part, command.selfCalibration, calibrates ? 1 : 0);
    if (altitude !== undefined) await keep(part, command.altitude, altitude);
    if (offset !== undefined) await keep(part, command.temperatureOffset, Math.round(offset * 100));
    // Without the pressure of the air, for which 0 stands. A part that measures already goes on.
    await send(part, command.start, 0);
    return async () => {
      const [co2 = Number.NaN, temperature = Number.NaN, humidity = Number.NaN] = await measurement(part);
      if (co2 === 0 && temperature === 0 && humidity === 0) throw new UserError("the part has not measured yet");
      // After power-on it says 0 before it has measured CO₂.
      return { co2: co2 === 0 ? new NoValue("it has not measured it yet") : co2, temperature, humidity };
    };
  },
  pretend(_options, now) {
    let asked: readonly number[] = [];
    const words = ([high = 0, low = 0]: readonly number[]) => {
      const { co2, temperature, humidity } = now();
      const at = high * 256 + low;
      if (at === command.measurement) return [co2, temperature, humidity].flatMap(floatWords);
      return [at === command.isReady ? 1 : at === command.interval ? intervalS : 0];
    };
    return (bytes, length) => {
      if (bytes.length > 0) asked = bytes;
      return withCrc(words(asked)).slice(0, length);
    };
  },
});

/** Waits for a measurement, which the part makes every two seconds. Each is three numbers of 32 bits (section 1.4.5). */
async function measurement(part: PartOnBus): Promise<readonly number[]> {
  await part.until(async () => (await ask(part, command.isReady, 1))[0] === 1, {
    everyMs: 250,
    limitMs: 1_000 * (intervalS + 1),
    otherwise: "the part measures nothing",
  });
  const words = await ask(part, command.measurement, 6);
  const view = new DataView(new ArrayBuffer(12));
  for (const [index, word] of words.entries()) view.setUint16(2 * index, word);
  const values = [0, 4, 8].map((at) => view.getFloat32(at));
  if (values.some((value) => !Number.isFinite(value))) throw new UserError("the part gave no numbers");
  return values;
}

function floatWords(value: number): number[] {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return [view.getUint16(0), view.getUint16(2)];
}

/** The part knows no repeated start, so asking and answering are two transactions. */
async function ask(part: PartOnBus, what: number, words: number): Promise<number[]> {
  await part.transfer(highFirst(what), 0);
  await part.pause(answerAfterMs);
  return checkedWords(await part.transfer([], 3 * words));
}

async function send(part: PartOnBus, what: number, word: number): Promise<void> {
  await part.transfer([...highFirst(what), ...withCrc([word])], 0);
  await part.pause(answerAfterMs);
}

/** Writes a setting that the part keeps, if it is another one: its memory wears out. */
async function keep(part: PartOnBus, what: number, word: number): Promise<void> {
  if ((await ask(part, what, 1))[0] !== word) await send(part, what, word);
}
