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
}

/** Gains: datasheet, figure "ALS Operating Characteristics", typical values; that of the highest is the one for channel 0. */
const steps: readonly [Step, ...Step[]] = [
  { control: 0x30, sensitivity: 9_876 },
  { control: 0x20, sensitivity: 428 },
  { control: 0x10, sensitivity: 25 },
  { control: 0x00, sensitivity: 1 },
];
const [finest] = steps;

/** What the converters can count in 100 ms (Zephyr's and AMS's drivers). */
const fullScale = 36_863;

/** Lux is no formula of the datasheet. This one is AMS's, with the 408 counts that Linux's and Adafruit's drivers use too. */
const countsPerLux = (step: Step) => (100 * step.sensitivity) / 408;

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
      const value = ch0 === 0 ? 0 : ((ch0 - ch1) * (1 - ch1 / ch0)) / countsPerLux(step);
      return { value: ch1 > ch0 ? 0 : value, fullness: Math.max(ch0, ch1) / fullScale };
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
        const ch0 = Math.min(fullScale, (now().illuminance * countsPerLux(step)) / 0.64);
        return lowFirst(Math.round(at < register.data + 2 ? ch0 : ch0 / 5))[at % 2];
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
