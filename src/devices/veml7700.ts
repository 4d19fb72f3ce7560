import { defineI2cPart } from "../core/readers/i2c/define-i2c-part.ts";
import { type LightStep, lightRange } from "../core/readers/i2c/light-range.ts";
import { expectSettings, type PartOnBus } from "../core/readers/i2c/part-on-bus.ts";
import { pretendedRegisters } from "../core/readers/i2c/pretended-registers.ts";
import { littleEndian16, lowFirst } from "../core/readers/i2c/words.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/** Registers of 16 bits, low byte first: datasheet VEML7700 84286, table 1. */
const register = { configuration: 0x00, powerSaving: 0x03, light: 0x04 } as const;
/** ALS_SD in the configuration: off, as after power-on. */
const off = 0x0001;
/** The highest count. */
const end = 65_535;

interface Step extends LightStep {
  /** The configuration: ALS_GAIN in bits 12 and 11, ALS_IT in bits 9 to 6 (tables 1 and 2). */
  readonly configuration: number;
  readonly integrationMs: number;
  readonly fullScale: number;
}

/**
 * The light of a count with gain 1 and 100 ms, in lux: application note 84323, table "Resolution and maximum detection range", since November
 * 2023: 0.0042 lx with gain 2 and 800 ms. Libraries with the older 0.0036 lx (0.0576 here) show a seventh less. The kernel's
 * drivers/iio/light/veml6030.c has the newer number, 5376 for gain 1/8.
 */
const luxPerCountAt1 = 0.0672;
/** Above this the part is not linear. The formula for that is made for the gains 1/4 and 1/8; the others are for less light. */
const linearUpTo = 1_000;

const steps: readonly Step[] = [
  // Gain 2 and 400 ms, 1 and 100 ms, 1/8 and 100 ms, 1/8 and 25 ms.
  { configuration: 0x0880, integrationMs: 400, sensitivity: 8, fullScale: end },
  { configuration: 0x0000, integrationMs: 100, sensitivity: 1, fullScale: linearUpTo / luxPerCountAt1 },
  { configuration: 0x1000, integrationMs: 100, sensitivity: 1 / 8, fullScale: end },
  { configuration: 0x1300, integrationMs: 25, sensitivity: 1 / 32, fullScale: end },
];

/** The application note's formula for much light, as in ESPHome's veml7700.cpp. Real 100 klx are 22 klx before it. */
function corrected(lux: number): number {
  if (lux <= linearUpTo) return lux;
  return 6.0135e-13 * lux ** 4 - 9.3924e-9 * lux ** 3 + 8.1488e-5 * lux ** 2 + 1.0023 * lux;
}

/** A sensor of light that sees as the eye does. */
export const veml7700 = defineI2cPart({
  kind: "veml7700",
  summary: "A VEML7700 on I2C, spoken to without a driver; gain and integration time follow the light.",
  usedFor: "light from a VEML7700",
  searchedAs: ["lux"],
  group: "light",
  topic: "home/living/light",
  addresses: [0x10],
  measures: {
    illuminance: { ...quantity.illuminance, digits: 1, range: [0, 150_000], simulated: around(240, 50, 300_000) },
  },
  async setUp(part) {
    await part.write(register.configuration, ...lowFirst(off));
    await part.write(register.powerSaving, 0, 0);
    let current: Step | undefined;
    const illuminance = lightRange(steps, async (step) => {
      if (step !== current) await start(part, step);
      expectSettings(littleEndian16(await part.read(register.configuration, 2)) === step.configuration);
      current = step;
      const counts = littleEndian16(await part.read(register.light, 2));
      return { value: corrected((counts * luxPerCountAt1) / step.sensitivity), fullness: counts / step.fullScale };
    });
    return async () => ({ illuminance: (await illuminance()).value });
  },
  pretend: (_options, now) =>
    pretendedRegisters({
      words: "low first",
      read(at, written) {
        if (at !== register.light) return undefined;
        const step = steps.find(({ configuration }) => configuration === written.get(register.configuration));
        return Math.min(end, Math.round((now().illuminance / luxPerCountAt1) * (step?.sensitivity ?? 0)));
      },
    }),
});

/**
 * Switches it off and on, so that the next value is one of these settings. It needs 2.5 ms to wake up (4 ms in the kernel's driver). Its clock
 * may be slow, and a value of the settings before would be wrong by their ratio: Adafruit's library waits for two integrations, ESPHome's for three.
 */
async function start(part: PartOnBus, { configuration, integrationMs }: Step): Promise<void> {
  await part.write(register.configuration, ...lowFirst(configuration | off));
  await part.write(register.configuration, ...lowFirst(configuration));
  await part.pause(2 * integrationMs + 5);
}
