import { describe, expect, it } from "vitest";
import { FakeClock } from "../../fakes/clock.ts";
import { FakeI2c } from "../../fakes/i2c/bus.ts";
import { RegisterPart } from "../../fakes/i2c/parts.ts";
import { startPart } from "../../fakes/i2c/start-part.ts";
import { startSensor, warnings } from "../../fakes/sensor.ts";

/** A TSL2561 that always counts the same, whatever its settings. Its command byte has the register in its low four bits. */
const tsl2561With = ({ id = 0x50, ch0 = 0, ch1 = 0 }) =>
  new RegisterPart({
    powerOn: { 0: 0, 1: 0x02, 10: id, 12: ch0 & 0xff, 13: ch0 >> 8, 14: ch1 & 0xff, 15: ch1 >> 8 },
    pointer: (first) => first & 0x0f,
  });

describe("tsl2561", () => {
  // Few counts: it measures for 402 ms with gain 16, for which the datasheet's formula is.
  it.each([
    ["T, 0 to 0.5", 0x50, 1_000, 200, 23.9], // 0.0304 × 1000 - 0.062 × 1000 × 0.2^1.4
    ["T, 0.5 to 0.61", 0x50, 1_000, 560, 5], // 0.0224 × 1000 - 0.031 × 560
    ["T, 0.61 to 0.8", 0x50, 1_000, 700, 2.1], // 0.0128 × 1000 - 0.0153 × 700
    ["T, 0.8 to 1.3", 0x50, 1_000, 1_000, 0.3], // 0.00146 × 1000 - 0.00112 × 1000
    ["T, above 1.3", 0x50, 1_000, 1_500, 0],
    ["CS, 0 to 0.52", 0x10, 1_000, 200, 25.3], // 0.0315 × 1000 - 0.0593 × 1000 × 0.2^1.4
    ["CS, 0.52 to 0.65", 0x10, 1_000, 600, 5.4], // 0.0229 × 1000 - 0.0291 × 600
    ["CS, 0.65 to 0.8", 0x10, 1_000, 700, 3.1], // 0.0157 × 1000 - 0.018 × 700
    ["CS, 0.8 to 1.3", 0x10, 1_000, 1_000, 0.8], // 0.00338 × 1000 - 0.0026 × 1000
    ["dark", 0x50, 0, 0, 0],
  ])("gives lux by the datasheet's formula: %s", async (_name, id, ch0, ch1, illuminance) => {
    const part = tsl2561With({ id, ch0, ch1 });
    expect((await startPart("tsl2561", "1-39", part)).reading()).toEqual({ illuminance });
    expect(part.lastWritten(0x1)).toBe(0x12);
  });

  it("measures for a shorter time, and with gain 1, where there is more light", async () => {
    // 12000 counts in 101 ms are 47704 in 402 ms, where there is room for 65535, and 763259 with gain 16.
    const part = tsl2561With({ ch0: 12_000, ch1: 2_400 });
    expect((await startPart("tsl2561", "1-39", part)).reading()).toEqual({ illuminance: 18_231.4 });
    expect(part.lastWritten(0x1)).toBe(0x01);
  });

  it("gives no value where there is too much light", async () => {
    const { reading, ...sensor } = await startPart("tsl2561", "1-39", tsl2561With({ ch0: 65_535, ch1: 9_000 }));
    expect(reading()).toEqual({});
    await sensor.clock.advance(60_000);
    expect(warnings(sensor)).toEqual(["there is more light than the part can measure"]);
  });

  it("takes no other part for it", async () => {
    const sensor = await startPart("tsl2561", "1-49", tsl2561With({ id: 0x12 + 0x60 }), "address: 0x49");
    expect(warnings(sensor)).toEqual([
      "another part than a TSL2561 answers: its id is 0x7, not 0x0 or 0x1 or 0x4 or 0x5; check kind and address",
    ]);
  });
});

/** A TSL2591 that always counts the same. Its command byte has the register in its low five bits. */
const tsl2591With = ({ ch0 = 0, ch1 = 0, status = 1 }) =>
  new RegisterPart({
    powerOn: { 18: 0x50, 19: status, 20: ch0 & 0xff, 21: ch0 >> 8, 22: ch1 & 0xff, 23: ch1 >> 8 },
    pointer: (first) => first & 0x1f,
  });

describe("tsl2591", () => {
  it.each([
    [1_050, 210, 0x20, 6.9], // (1050 - 210) / 400 × (1 - 0.2) × 4.08
    [20_000, 4_000, 0x10, 2_131.6], // (20000 - 4000) / 24.5 × (1 - 0.2) × 4.08
    [920, 99, 0x30, 0.3], // 0.1 and 0.01 with a gain of 1: 0.09 × (1 - 0.1) × 4.08
    [9_500, 9_900, 0x10, 0], // More infrared than there is light.
    [0, 0, 0x30, 0],
  ])("gives the lux of %i and %i counts with the gain that fits", async (ch0, ch1, control, illuminance) => {
    const part = tsl2591With({ ch0, ch1 });
    expect((await startPart("tsl2591", "1-29", part)).reading()).toEqual({ illuminance });
    expect(part.lastWritten(0x01)).toBe(control);
  });

  it("gives no value where there is too much light for the lowest gain", async () => {
    const sensor = await startPart("tsl2591", "1-29", tsl2591With({ ch0: 36_863, ch1: 4_000 }));
    await sensor.clock.advance(60_000);
    expect(sensor.reading()).toEqual({});
    expect(warnings(sensor)).toEqual(["there is more light than the part can measure"]);
  });

  it("does not take what was there before for a measurement", async () => {
    const sensor = await startPart("tsl2591", "1-29", tsl2591With({ ch0: 500, status: 0 }));
    await sensor.clock.advance(60_000);
    expect(sensor.reading()).toEqual({});
    expect(warnings(sensor)).toEqual(["the part measures nothing"]);
  });
});

describe("ltr390", () => {
  /** An LTR390 whose data registers have these counts, three bytes each. */
  const ltr390With = (light: number, uv: number) => {
    const bytes = (count: number, at: number) => [0, 1, 2].map((place) => [at + place, (count >> (8 * place)) & 0xff]);
    const powerOn = Object.fromEntries([...bytes(light, 0x0d), ...bytes(uv, 0x10)]) as Record<number, number>;
    return new RegisterPart({ powerOn: { ...powerOn, 6: 0xb2, 7: 0x08 } });
  };

  it.each([
    // 0.6 × 30000 / 3 with gain 3; 1150 of 2300 / 4 counts.
    [30_000, 1_150, { illuminance: 6_000, uv_index: 2 }],
    // 0.6 × 900 / 18 with gain 18.
    [900, 0, { illuminance: 30, uv_index: 0 }],
    // 0.6 × 200000 / 3; 5750 of 2300 / 4 counts.
    [200_000, 5_750, { illuminance: 40_000, uv_index: 10 }],
  ])("gives lux and UV index of %i and %i counts", async (light, uv, reading) => {
    expect((await startPart("ltr390", "1-53", ltr390With(light, uv))).reading()).toEqual(reading);
  });

  it("measures light and ultraviolet one after the other, with the gain of each", async () => {
    const part = ltr390With(900, 10);
    await startPart("ltr390", "1-53", part);
    const settings = part.written.filter(({ register, value }) => register !== 0x04 && value !== 0);
    expect(settings.slice(-4)).toEqual([
      { register: 0x05, value: 4 },
      { register: 0x00, value: 0x02 },
      { register: 0x05, value: 4 },
      { register: 0x00, value: 0x0a },
    ]);
  });
});

describe("veml7700", () => {
  const veml7700With = (counts: number) =>
    new RegisterPart({ powerOn: { 0: 0x0001, 4: counts }, width: "word, low byte first" });

  it.each([
    // Gain 2 for 400 ms: 0.0084 lx each.
    [1_000, 0x0880, 8.4],
    // Gain 1/8 for 100 ms: 0.5376 lx each, 5376 lx before the formula.
    [10_000, 0x1000, 6_786.4],
    // 806.4 lx: with gain 1 and 100 ms it would be near the end of what is linear, 1000 lx.
    [1_500, 0x1000, 806.4],
    [0, 0x0880, 0],
  ])("gives the lux of %i counts", async (counts, configuration, illuminance) => {
    const part = veml7700With(counts);
    expect((await startPart("veml7700", "1-10", part)).reading()).toEqual({ illuminance });
    expect(part.registers.get(0)).toBe(configuration);
  });

  it("takes no count of the settings before, even of a part that needs nearly two integrations for a new one", async () => {
    const clock = new FakeClock();
    const part = veml7700With(0);
    // 84 lx with gain 1/8 and 100 ms, 1 and 100 ms, 2 and 400 ms, and when each of them is measured.
    const countsOf = new Map([
      [0x1000, { counts: 156, afterMs: 190 }],
      [0x0000, { counts: 1_250, afterMs: 190 }],
      [0x0880, { counts: 10_000, afterMs: 760 }],
    ]);
    part.onWrite = (_register, value) => {
      const { counts, afterMs } = countsOf.get(value) ?? { counts: 0, afterMs: 0 };
      if (afterMs > 0) clock.after(afterMs, () => part.set({ 4: counts }));
    };
    const sensor = await startSensor("kind: veml7700", { i2c: new FakeI2c({ "1-10": part }), clock });
    await clock.advance(3_000);
    // 10.5 lx would be the 1250 counts of gain 1, taken for those of gain 2.
    expect(sensor.reading()).toEqual({ illuminance: 84 });
  });

  it("is set up again after its supply was off, before a value of then is taken", async () => {
    const part = veml7700With(1_000);
    const { next, ...sensor } = await startPart("veml7700", "1-10", part);
    part.cutPower();
    part.set({ 4: 1_100 });
    expect(await next()).toEqual({ illuminance: 9.2 });
    expect(part.registers.get(0)).toBe(0x0880);
    expect(warnings(sensor)).toEqual([]);
  });
});
