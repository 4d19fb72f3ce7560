import * as z from "zod";
import type { OptionsOf } from "../core/kind.ts";
import { defineI2cPart, type I2cMeasure } from "../core/readers/i2c/define-i2c-part.ts";
import { expectId, expectSettings } from "../core/readers/i2c/part-on-bus.ts";
import { pretendedRegisters } from "../core/readers/i2c/pretended-registers.ts";
import { bigEndian16, highFirst, signed16 } from "../core/readers/i2c/words.ts";
import { quantity } from "../core/readers/quantity.ts";
import { NoValue } from "../core/sensor/no-value.ts";
import { around } from "../core/simulation/pretend.ts";

/** Registers of 16 bits, high byte first: datasheet INA3221 SBOS576, table "Summary of Register Set". */
const register = {
  configuration: 0x00,
  shunt: [0x01, 0x03, 0x05],
  bus: [0x02, 0x04, 0x06],
  mask: 0x0f,
  maker: 0xfe,
} as const;
const texasInstruments = 0x5449;
/** All three channels, the mean of 16 conversions of 1.1 ms each, again and again (Configuration Register). After power-on it is 0x7127. */
const configuration = 0x7527;
/** The mean of all channels is there (Mask/Enable Register: CVRF). */
const isReady = 0x0001;
/** The lowest three bits are always 0, the step is 40 µV: so 5 µV for each count of the whole word. */
const voltsPerShuntCount = 5e-6;
/** In the same way a step of 8 mV is 1 mV for each count. */
const voltsPerBusCount = 1e-3;
/** The largest number that a shunt register has: the current may be any that is higher. */
const mostShunt = 0x7ff8;
const tooMuch = new NoValue("the current is past the range of the shunt");

const channels = [1, 2, 3] as const;
type Channel = (typeof channels)[number];
type Name = `${"voltage" | "current" | "power"}_${Channel}`;

const options = {
  channels: z
    .array(z.int({ error: "is none of 1, 2 and 3" }).min(1).max(3))
    .min(1)
    .max(3)
    .default([1, 2, 3])
    .describe("The channels that are wired. Default: all three."),
  shunts: z
    .array(z.number().min(0.0001).max(100))
    .length(3)
    .default([0.1, 0.1, 0.1])
    .describe("The shunts of the three channels in ohms. Default: 0.1 each, as boards have them (R100)."),
};

/** The measures of the channels that are wired. */
function measuresOf({ channels: wired, shunts }: OptionsOf<typeof options>): Record<Name, I2cMeasure> {
  const measures = wired.flatMap((channel) => {
    const mostAmperes = 0.16384 / (shunts[channel - 1] ?? 1);
    const named = (key: string, words: object) => [
      `${key}_${channel}`,
      { name: `${key[0]?.toUpperCase()}${key.slice(1)} ${channel}`, ...words },
    ];
    return [
      named("voltage", { ...quantity.voltage, range: [0, 26], simulated: around(5 * channel, 0.1, 60_000) }),
      named("current", {
        ...quantity.current,
        range: [-mostAmperes, mostAmperes],
        simulated: around(mostAmperes / 4, mostAmperes / 50, 90_000),
      }),
      named("power", {
        ...quantity.power,
        range: [-26 * mostAmperes, 26 * mostAmperes],
        simulated: around((5 * channel * mostAmperes) / 4, 0, 90_000),
      }),
    ];
  });
  return Object.fromEntries(measures) as Record<Name, I2cMeasure>;
}

/** Voltage, current and power of three supplies. */
export const ina3221 = defineI2cPart<typeof options, Name>({
  kind: "ina3221",
  summary: "An INA3221 on I2C, spoken to without a driver: voltage, current and power of up to three supplies.",
  usedFor: "voltage, current and power of three supplies from an INA3221",
  searchedAs: ["CJMCU-3221", "solar panel"],
  group: "electricity",
  topic: "home/cabinet/supplies",
  addresses: [0x40, 0x41, 0x42, 0x43],
  options,
  measures: measuresOf,
  async setUp(part, { channels: wired, shunts }) {
    expectId(bigEndian16(await part.read(register.maker, 2)), [texasInstruments], "INA3221");
    await part.write(register.configuration, ...highFirst(configuration));
    await part.until(async () => (bigEndian16(await part.read(register.mask, 2)) & isReady) !== 0, {
      everyMs: 20,
      limitMs: 500,
      otherwise: "the part measures nothing",
    });
    const count = async (at: number | undefined) => signed16(bigEndian16(await part.read(at ?? 0, 2)));
    return async () => {
      expectSettings(bigEndian16(await part.read(register.configuration, 2)) === configuration);
      const reading = {} as Record<Name, number | NoValue>;
      for (const channel of wired as Channel[]) {
        const shunt = await count(register.shunt[channel - 1]);
        const voltage = (await count(register.bus[channel - 1])) * voltsPerBusCount;
        const amperes = (shunt * voltsPerShuntCount) / (shunts[channel - 1] ?? 1);
        const ifInRange = (value: number) => (Math.abs(shunt) < mostShunt ? value : tooMuch);
        reading[`voltage_${channel}`] = voltage;
        reading[`current_${channel}`] = ifInRange(amperes);
        reading[`power_${channel}`] = ifInRange(voltage * amperes);
      }
      return reading;
    };
  },
  pretend: ({ shunts = [] }, now) =>
    pretendedRegisters({
      words: "high first",
      read(at) {
        if (at === register.maker) return texasInstruments;
        if (at === register.mask) return isReady;
        const channel = Math.ceil(at / 2) as Channel;
        if (at === register.configuration || channel > 3) return undefined;
        const values = now();
        const count =
          at % 2 === 1
            ? (values[`current_${channel}`] * (shunts[channel - 1] ?? 0.1)) / voltsPerShuntCount
            : values[`voltage_${channel}`] / voltsPerBusCount;
        return Math.round(count) & 0xfff8;
      },
    }),
});
