import { defineI2cPart } from "../core/readers/i2c/define-i2c-part.ts";
import { type LightStep, lightRange } from "../core/readers/i2c/light-range.ts";
import { expectId, type PartOnBus } from "../core/readers/i2c/part-on-bus.ts";
import { pretendedRegisters } from "../core/readers/i2c/pretended-registers.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/** Registers: datasheet LTR-390UV-01 DS86-2015-0004, section 7, "Register Set". */
const register = { control: 0x00, rate: 0x04, gain: 0x05, id: 0x06, status: 0x07, light: 0x0d, uv: 0x10 } as const;
/** MAIN_CTRL: bit 1 switches it on, bit 3 means ultraviolet. */
const off = 0x00;
const modes = { light: 0x02, uv: 0x0a } as const;
/** ALS_UVS_MEAS_RATE: 18 bits, which take 100 ms, every 100 ms. It is the value after power-on. */
const rate = 0x22;
/** MAIN_STATUS: a new measurement, which reading the status forgets. */
const isNew = 0x08;
const fullScale = 2 ** 18 - 1;
/** The part number in the high four bits of PART_ID. */
const partNumber = 0xb;

interface Step extends LightStep {
  /** ALS_UVS_GAIN. */
  readonly gain: number;
}

/** Gains by the datasheet; lux = 0.6 × counts / (gain × time), where the time of 100 ms is 1. */
const steps: readonly [Step, ...Step[]] = [
  { gain: 4, sensitivity: 18 },
  { gain: 1, sensitivity: 3 },
  { gain: 0, sensitivity: 1 },
];
const luxPerCount = ({ sensitivity }: Step) => 0.6 / sensitivity;

/** 2300 counts for a UV index of 1 with gain 18 and 20 bits, which take four times as long as 18 bits. */
const countsPerUvIndex = 2_300 / 4;
const [mostSensitive] = steps;

/** A sensor of light and of ultraviolet light, which it measures one after the other. */
export const ltr390 = defineI2cPart({
  kind: "ltr390",
  summary: "An LTR-390UV on I2C, spoken to without a driver; its gain follows the light.",
  usedFor: "light and UV index from an LTR390",
  searchedAs: ["lux"],
  group: "light",
  topic: "home/terrace/sun",
  addresses: [0x53],
  measures: {
    illuminance: { ...quantity.illuminance, digits: 1, range: [0, 160_000], simulated: around(1_200, 400, 300_000) },
    uv_index: { name: "UV index", unit: "UV index", digits: 1, range: [0, 50], simulated: around(2.4, 0.6, 300_000) },
  },
  async setUp(part) {
    expectId((await part.byte(register.id)) >> 4, [partNumber], "LTR390");
    const illuminance = lightRange(steps, async (step) => {
      const counts = await measure(part, "light", step);
      return { value: counts * luxPerCount(step), fullness: counts / fullScale };
    });
    return async () => {
      const light = await illuminance();
      const uv = await measure(part, "uv", mostSensitive);
      return { illuminance: light.value, uv_index: uv / countsPerUvIndex };
    };
  },
  pretend: (_options, now) =>
    pretendedRegisters({
      read(at, written) {
        if (at === register.id) return (partNumber << 4) | 2;
        if (at === register.status) return isNew;
        if (at < register.light) return undefined;
        const step = steps.find(({ gain }) => gain === written.get(register.gain)) ?? mostSensitive;
        const { illuminance, uv_index } = now();
        const counts = at < register.uv ? illuminance / luxPerCount(step) : uv_index * countsPerUvIndex;
        const place = at < register.uv ? at - register.light : at - register.uv;
        return (Math.min(fullScale, Math.round(counts)) >> (8 * place)) & 0xff;
      },
    }),
});

/** One measurement with settings that are all written anew, so a part that was without its supply meanwhile has them too. */
async function measure(part: PartOnBus, mode: keyof typeof modes, { gain }: Step): Promise<number> {
  await part.write(register.control, off);
  await part.write(register.rate, rate, gain);
  await part.byte(register.status);
  await part.write(register.control, modes[mode]);
  await part.pause(100);
  await part.until(async () => ((await part.byte(register.status)) & isNew) !== 0, {
    everyMs: 10,
    limitMs: 300,
    otherwise: "the part measures nothing",
  });
  const [low = 0, middle = 0, high = 0] = await part.read(register[mode], 3);
  return ((high & 0x0f) << 16) | (middle << 8) | low;
}
