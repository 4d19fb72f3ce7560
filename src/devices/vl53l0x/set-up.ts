import { UserError } from "../../core/errors.ts";
import { expectId, type PartOnBus } from "../../core/readers/i2c/part-on-bus.ts";
import { ended, model, register, sequence } from "./registers.ts";
import { tuning } from "./tuning.ts";

/** Ends of measurements and of calibrations are waited for so long. A measurement takes 33 ms. */
export const patience = { everyMs: 5, limitMs: 250, otherwise: "the part measures nothing" } as const;

/** Writes pairs of a register and a value. */
async function writeAll(part: PartOnBus, pairs: readonly (readonly [number, number])[]): Promise<void> {
  for (const [at, value] of pairs) await part.write(at, value);
}

/**
 * Prepares the part for single measurements, as ST's API does it (user manual UM2039, section 5: data init, static init, reference SPADs,
 * reference calibration). Returns the value that has to be written before each measurement.
 */
export async function setUp(part: PartOnBus): Promise<number> {
  expectId(await part.byte(register.model), [model], "VL53L0X");
  const stopVariable = await dataInit(part);
  await chooseSpads(part);
  await writeAll(part, tuning);
  // An interrupt for each new measurement, whose wire is low then; here only its status is read.
  await part.write(register.interruptMode, 0x04);
  await part.write(register.interruptPolarity, (await part.byte(register.interruptPolarity)) & ~0x10);
  await part.write(register.interruptClear, 0x01);
  await calibrate(part, 0x01, 0x40);
  await calibrate(part, 0x02, 0x00);
  await part.write(register.sequence, sequence);
  return stopVariable;
}

/** The wires have 2.8 V, I2C has its standard mode, and two checks are off that would refuse weak echoes. */
async function dataInit(part: PartOnBus): Promise<number> {
  await part.write(register.supply, (await part.byte(register.supply)) | 0x01);
  await writeAll(part, [[0x88, 0x00], ...openPrivatePage]);
  const stopVariable = await part.byte(register.stopVariable);
  await writeAll(part, closePrivatePage);
  await part.write(register.limitChecks, (await part.byte(register.limitChecks)) | 0x12);
  // The weakest signal that counts: 0.25 million counts per second, as a number with 7 binary digits after the point.
  await part.write(register.minimumRate, 0x00, 0x20);
  await part.write(register.sequence, 0xff);
  return stopVariable;
}

/** Around accesses to what ST does not document. */
export const openPrivatePage = [
  [0x80, 0x01],
  [register.page, 0x01],
  [0x00, 0x00],
] as const;
export const closePrivatePage = [
  [0x00, 0x01],
  [register.page, 0x00],
  [0x80, 0x00],
] as const;

/**
 * Enables as many of the 48 reference SPADs (light detectors) as the factory has found right. The part has their number and kind in its
 * memory, and a map of the good ones. Those behind an aperture begin with the thirteenth.
 */
async function chooseSpads(part: PartOnBus): Promise<void> {
  const { count, isAperture } = await spadsOfFactory(part);
  const map = [...(await part.read(register.spadMap, 6))];
  await writeAll(part, [
    [register.page, 0x01],
    [0x4f, 0x00],
    [0x4e, 0x2c],
    [register.page, 0x00],
    [register.spadStart, 0xb4],
  ]);
  let enabled = 0;
  for (let spad = 0; spad < 48; spad++) {
    const [place, bit] = [Math.floor(spad / 8), 1 << (spad % 8)];
    const isGood = ((map[place] ?? 0) & bit) !== 0;
    if (isGood && spad >= (isAperture ? 12 : 0) && enabled < count) enabled += 1;
    else map[place] = (map[place] ?? 0) & ~bit;
  }
  await part.write(register.spadMap, ...map);
}

async function spadsOfFactory(part: PartOnBus): Promise<{ count: number; isAperture: boolean }> {
  await writeAll(part, [...openPrivatePage, [register.page, 0x06]]);
  await part.write(0x83, (await part.byte(0x83)) | 0x04);
  await writeAll(part, [
    [register.page, 0x07],
    [0x81, 0x01],
    [0x80, 0x01],
    [0x94, 0x6b],
    [0x83, 0x00],
  ]);
  await part.until(async () => (await part.byte(0x83)) !== 0, patience);
  await part.write(0x83, 0x01);
  const found = await part.byte(0x92);
  await writeAll(part, [
    [0x81, 0x00],
    [register.page, 0x06],
  ]);
  await part.write(0x83, (await part.byte(0x83)) & ~0x04);
  await writeAll(part, [[register.page, 0x01], ...closePrivatePage]);
  const [count, isAperture] = [found & 0x7f, found >= 0x80];
  if (count === 0 || count > (isAperture ? 32 : 12))
    throw new UserError("the part has no settings of its factory", { hint: "try another one" });
  return { count, isAperture };
}

/** Calibrates to the part's temperature and supply: the voltage of its detectors (0x40), and their phase. */
async function calibrate(part: PartOnBus, step: number, mode: number): Promise<void> {
  await part.write(register.sequence, step);
  await part.write(register.start, 0x01 | mode);
  await part.until(async () => ((await part.byte(register.interruptStatus)) & ended) !== 0, patience);
  await part.write(register.interruptClear, 0x01);
  await part.write(register.start, 0x00);
}

/** One measurement, whose result the caller reads. */
export async function measure(part: PartOnBus, stopVariable: number): Promise<void> {
  await writeAll(part, [
    ...openPrivatePage,
    [register.stopVariable, stopVariable],
    ...closePrivatePage,
    [register.start, 0x01],
  ]);
  await part.until(async () => ((await part.byte(register.interruptStatus)) & ended) !== 0, patience);
}
