import { defineI2cPart } from "../core/readers/i2c/define-i2c-part.ts";
import { type LightStep, lightRange } from "../core/readers/i2c/light-range.ts";
import { expectId, expectSettings, type PartOnBus } from "../core/readers/i2c/part-on-bus.ts";
import { pretendedRegisters } from "../core/readers/i2c/pretended-registers.ts";
import { littleEndian16, lowFirst } from "../core/readers/i2c/words.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/** Registers: datasheet TAOS059N, table 2. The number stands in the low four bits of the command byte. */
const register = { control: 0x0, timing: 0x1, id: 0xa, data0: 0xc, data1: 0xe } as const;
/** The command byte: bit 7 is always set, bit 5 reads a whole word (table 3). */
const command = 0x80;
const word = 0x20;
/** The control register: both low bits mean that it is powered (table 4). */
const powered = 0x03;

interface Step extends LightStep {
  /** The timing register: bit 4 is the gain of 16, bits 1 and 0 the integration time (tables 5 and 6). */
  readonly timing: number;
  readonly integrationMs: number;
  /** The most counts of a channel (operating characteristics, note 6). */
  readonly fullScale: number;
}

/** The formula of the datasheet is for the first; integration times are to each other as 322 : 81 : 11 (note 5). */
const steps: readonly [Step, ...Step[]] = [
  { timing: 0x12, integrationMs: 402, fullScale: 65_535, sensitivity: 1 },
  { timing: 0x02, integrationMs: 402, fullScale: 65_535, sensitivity: 1 / 16 },
  { timing: 0x01, integrationMs: 101, fullScale: 37_177, sensitivity: 81 / 322 / 16 },
  { timing: 0x00, integrationMs: 13.7, fullScale: 5_047, sensitivity: 11 / 322 / 16 },
];
const [finest] = steps;

/** The oscillator may be slower than its nominal 735 kHz, 690 kHz at least. */
const slowest = 735 / 690;

/** The number of the part in the high four bits of its id (table 11). The first two are in the package CS. */
const partNumbers = [0x0, 0x1, 0x4, 0x5];

/**
 * Lux by the datasheet's section "Calculating Lux": up to a ratio of the channels, what each channel counts for. The 0.018 of the package CS is
 * in the kernel's drivers/iio/light/tsl2563.c too, and as M6C = 0x0127 / 2^14 in the code that the datasheet prints; ESPHome's tsl2561.cpp has 0.0153.
 */
const formulas = {
  cs: [
    [0.65, 0.0229, 0.0291],
    [0.8, 0.0157, 0.018],
    [1.3, 0.00338, 0.0026],
  ],
  other: [
    [0.61, 0.0224, 0.031],
    [0.8, 0.0128, 0.0153],
    [1.3, 0.00146, 0.00112],
  ],
} as const;
const curves = { cs: [0.52, 0.0315, 0.0593], other: [0.5, 0.0304, 0.062] } as const;

function lux(ch0: number, ch1: number, form: "cs" | "other"): number {
  if (ch0 === 0) return 0;
  const ratio = ch1 / ch0;
  const [upTo, a, b] = curves[form];
  if (ratio <= upTo) return ch0 * (a - b * ratio ** 1.4);
  const [, k0 = 0, k1 = 0] = formulas[form].find(([limit]) => ratio <= limit) ?? [];
  return Math.max(0, k0 * ch0 - k1 * ch1);
}

/** A sensor of light with two channels, one of them for infrared. */
export const tsl2561 = defineI2cPart({
  kind: "tsl2561",
  summary: "A TSL2561 on I2C, spoken to without a driver; gain and integration time follow the light.",
  usedFor: "light from a TSL2561",
  searchedAs: ["GY-2561", "lux"],
  group: "light",
  topic: "home/office/light",
  addresses: [0x39, 0x29, 0x49],
  measures: {
    illuminance: { ...quantity.illuminance, digits: 1, range: [0, 100_000], simulated: around(320, 60, 300_000) },
  },
  async setUp(part) {
    const id = await part.byte(command | register.id);
    expectId(id >> 4, partNumbers, "TSL2561");
    const form = id >> 4 <= 1 ? "cs" : "other";
    let current: Step | undefined;
    const illuminance = lightRange(steps, async (step) => {
      if (step === current) await expectStep(part, step);
      else await start(part, step);
      current = step;
      const ch0 = littleEndian16(await part.read(command | word | register.data0, 2));
      const ch1 = littleEndian16(await part.read(command | word | register.data1, 2));
      const value = lux(ch0 / step.sensitivity, ch1 / step.sensitivity, form);
      return { value, fullness: Math.max(ch0, ch1) / step.fullScale };
    });
    return async () => ({ illuminance: (await illuminance()).value });
  },
  pretend: (_options, now) =>
    pretendedRegisters({
      pointer: (first) => first & 0x0f,
      read(at, written) {
        if (at === register.id) return 0x50;
        if (at < register.data0) return undefined;
        const { sensitivity, fullScale } =
          steps.find(({ timing }) => timing === written.get(register.timing)) ?? finest;
        // With a fifth of the light in the second channel, a count of the first is 0.0238862 lx.
        const ch0 = Math.min(fullScale, (now().illuminance / 0.0238862) * sensitivity);
        return lowFirst(Math.round(at < register.data1 ? ch0 : ch0 / 5))[at % 2];
      },
    }),
});

/** Switching it off and on begins a new integration. */
async function start(part: PartOnBus, { timing, integrationMs }: Step): Promise<void> {
  await part.write(command | register.control, 0);
  await part.write(command | register.timing, timing);
  await part.write(command | register.control, powered);
  await part.pause(Math.ceil(integrationMs * slowest) + 5);
}

async function expectStep(part: PartOnBus, { timing }: Step): Promise<void> {
  const isPowered = ((await part.byte(command | register.control)) & powered) === powered;
  expectSettings(isPowered && (await part.byte(command | register.timing)) === timing);
}
