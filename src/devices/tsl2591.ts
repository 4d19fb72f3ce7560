import { defineI2cPart } from "../core/readers/i2c/define-i2c-part.ts";
import { type LightStep, lightRange } from "../core/readers/i2c/light-range.ts";
import { expectId, expectSettings, type PartOnBus } from "../core/readers/i2c/part-on-bus.ts";
import { pretendedRegisters } from "../core/readers/i2c/pretended-registers.ts";
import { littleEndian16, lowFirst } from "../core/readers/i2c/words.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/** Registers: datasheet TSL2591 DS000338, figure "Register Description". They stand in the low five bits of the command byte. */
const register = { enable: 0x00, control: 0x01, id: 0x12, status: 0x13, data: 0x14 } as const;
/** The command byte: bit 7 is always set, bits 6 and 5 are 01 for a normal operation (Command Register). */
const command = 0xa0;
/** Power on, and the converters too (Enable Register: PON, AEN). */
const powered = 0x01;
const measuring = 0x03;
/** Both channels have finished an integration since they were switched on (Status Register: AVALID). */
const valid = 0x01;
const expectedId = 0x50;

interface Step extends LightStep {
  /** The control register: the gain in bits 5 and 4, and 0 for an integration of 100 ms. */
  readonly control: number;
  /** The gain of channel 1. That of channel 0 is the sensitivity. */
  readonly infraredGain: number;
}

/**
 * Gains: datasheet, figure "ALS Operating Characteristics", typical values. Linux's and Adafruit's drivers have 25, 428 and 9876 for both
 * channels; so their lux differ by up to 7 % from one gain to the next.
 */
const steps: readonly [Step, ...Step[]] = [
  { control: 0x30, sensitivity: 9_200, infraredGain: 9_900 },
  { control: 0x20, sensitivity: 400, infraredGain: 400 },
  { control: 0x10, sensitivity: 24.5, infraredGain: 24.5 },
  { control: 0x00, sensitivity: 1, infraredGain: 1 },
];
const [finest] = steps;

/** What the converters can count in 100 ms (Zephyr's and AMS's drivers). */
const fullScale = 36_863;

/** Lux is no formula of the datasheet. This one is AMS's, with the 408 counts that Linux's and Adafruit's drivers use too. */
const luxPerCountAt1 = 408 / 100;

/** A sensor of light with a wide range. */
export const tsl2591 = defineI2cPart({
  kind: "tsl2591",
  summary: "A TSL2591 on I2C, spoken to without a driver; its gain follows the light.",
  usedFor: "light, from starlight to sunshine, from a TSL2591",
  searchedAs: ["GY-2591", "lux"],
  group: "light",
  topic: "home/terrace/light",
  addresses: [0x29],
  measures: {
    illuminance: { ...quantity.illuminance, digits: 1, range: [0, 170_000], simulated: around(900, 300, 300_000) },
  },
  async setUp(part) {
    expectId(await part.byte(command | register.id), [expectedId], "TSL2591");
    let current: Step | undefined;
    const illuminance = lightRange(steps, async (step) => {
      if (step === current) await expectStep(part, step);
      else await start(part, step);
      current = step;
      const bytes = await part.read(command | register.data, 4);
      const [ch0, ch1] = [littleEndian16(bytes), littleEndian16(bytes, 2)];
      const [all, infrared] = [ch0 / step.sensitivity, ch1 / step.infraredGain];
      const value = all === 0 ? 0 : (all - infrared) * (1 - infrared / all) * luxPerCountAt1;
      return { value: infrared > all ? 0 : value, fullness: Math.max(ch0, ch1) / fullScale };
    });
    return async () => ({ illuminance: (await illuminance()).value });
  },
  pretend: (_options, now) =>
    pretendedRegisters({
      pointer: (first) => first & 0x1f,
      read(at, written) {
        if (at === register.id) return expectedId;
        if (at === register.status) return valid;
        if (at < register.data) return undefined;
        const step = steps.find(({ control }) => control === written.get(register.control)) ?? finest;
        // With a fifth of the light in the second channel, 0.64 of the counts of the first are visible light.
        const all = now().illuminance / luxPerCountAt1 / 0.64;
        const counts = at < register.data + 2 ? all * step.sensitivity : (all / 5) * step.infraredGain;
        return lowFirst(Math.min(fullScale, Math.round(counts)))[at % 2];
      },
    }),
});

async function start(part: PartOnBus, { control }: Step): Promise<void> {
  await part.write(command | register.enable, powered);
  await part.write(command | register.control, control);
  await part.write(command | register.enable, measuring);
  // 108 ms at most (ALS Operating Characteristics).
  await part.pause(100);
  await part.until(async () => ((await part.byte(command | register.status)) & valid) !== 0, {
    everyMs: 10,
    limitMs: 200,
    otherwise: "the part measures nothing",
  });
}

async function expectStep(part: PartOnBus, { control }: Step): Promise<void> {
  const [enabled = 0, found] = await part.read(command | register.enable, 2);
  expectSettings((enabled & measuring) === measuring && found === control);
}
