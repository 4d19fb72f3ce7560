import { describe, expect, it } from "vitest";
import type { FakePart } from "../../fakes/i2c/parts.ts";
import { RegisterPart } from "../../fakes/i2c/parts.ts";
import { startPart } from "../../fakes/i2c/start-part.ts";
import { warnings } from "../../fakes/sensor.ts";

describe("ina3221", () => {
  /** An INA3221 as after power-on, with what its six measuring registers have. */
  const ina3221With = (registers: Record<number, number>) =>
    new RegisterPart({
      powerOn: { 0: 0x7127, 15: 0x0001, 254: 0x5449, 255: 0x3220, ...registers },
      width: "word, high byte first",
    });

  it("gives volts, amperes and watts of each channel", async () => {
    // The datasheet's example: a shunt register of C180h is -80 mV. The bus registers: 12 V, 5 V, 3.304 V in steps of 8 mV.
    const part = ina3221With({ 1: 0xc180, 2: 0x2ee0, 3: 0x3e80, 4: 0x1388, 5: 0x0008, 6: 0x0ce8 });
    const sensor = await startPart("ina3221", "1-40", part, "shunts: [0.1, 0.1, 0.01]");
    expect(sensor.reading()).toEqual({
      ...{ voltage_1: 12, current_1: -0.8, power_1: -9.6 },
      // 3E80h is 80 mV at 0.1 Ω; 0008h is 40 µV at 0.01 Ω.
      ...{ voltage_2: 5, current_2: 0.8, power_2: 4 },
      ...{ voltage_3: 3.304, current_3: 0.004, power_3: 0.01 },
    });
    expect(part.registers.get(0)).toBe(0x7527);
  });

  it("gives the channels that are wired", async () => {
    const sensor = await startPart("ina3221", "1-41", ina3221With({ 4: 0x1388 }), "address: 0x41, channels: [2]");
    expect(sensor.reading()).toEqual({ voltage_2: 5, current_2: 0, power_2: 0 });
  });

  it("gives no current where the shunt is past its range", async () => {
    const sensor = await startPart("ina3221", "1-40", ina3221With({ 1: 0x7ff8, 2: 0x2ee0 }), "channels: [1]");
    expect(sensor.reading()).toEqual({ voltage_1: 12, current_1: null, power_1: null });
  });

  it("waits for its first measurement, and never gives the zeros of its power-on", async () => {
    const part = ina3221With({ 2: 0x2ee0 });
    const { next, ...sensor } = await startPart("ina3221", "1-40", part, "channels: [1]");
    part.cutPower();
    part.set({ 2: 0, 15: 0 });
    expect(await next()).toMatchObject({ voltage_1: 12 });
    await sensor.clock.advance(10_000);
    expect(warnings(sensor)).toEqual(["the part measures nothing"]);
  });
});

/** An SCD30 that answers a command in the next transaction: words by command, each with its checksum. */
class FakeScd30 implements FakePart {
  readonly words = new Map<number, readonly number[]>([
    [0x4600, [0x00, 0x02, 0xe3]],
    [0x0202, [0x00, 0x01, 0xb0]],
  ]);
  readonly sent: string[] = [];
  #asked = 0;

  transfer(bytes: readonly number[], length: number) {
    // It knows no repeated start.
    if (bytes.length > 0 && length > 0) return undefined;
    if (bytes.length > 0) this.sent.push(Buffer.from(bytes).toString("hex"));
    if (bytes.length > 0) this.#asked = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
    return (this.words.get(this.#asked) ?? []).slice(0, length);
  }

  measures(hex: string): this {
    this.words.set(0x0300, [...Buffer.from(hex, "hex")]);
    return this;
  }
}

describe("scd30", () => {
  /** The example of the interface description, section 1.4.5: 439 ppm, 27.2 °C, 48.8 %. */
  const example = "43dbcb8c2e8f41d970e7fff54243bf3a1b74";

  it("gives the values of the interface description's example", async () => {
    const part = new FakeScd30().measures(example);
    expect((await startPart("scd30", "1-61", part)).reading()).toEqual({ co2: 439, temperature: 27.2, humidity: 48.8 });
    // Start without a pressure, as printed there; the interval is 2 s already and is not written again.
    expect(part.sent.slice(0, 3)).toEqual(["4600", "0010000081", "0202"]);
  });

  it("writes settings that differ, with the checksum", async () => {
    const part = new FakeScd30().measures(example);
    part.words.set(0x4600, [0x00, 0x0a, 0x5a]);
    part.words.set(0x5102, [0x00, 0x00, 0x81]);
    await startPart("scd30", "1-61", part, "altitude_compensation: 1000");
    // The interface description's examples: interval 2 s, altitude 1000 m.
    expect(part.sent.slice(0, 4)).toEqual(["4600", "46000002e3", "5102", "510203e8d4"]);
  });

  it("gives nothing for a wrong checksum, and no CO₂ of 0", async () => {
    const disturbed = await startPart("scd30", "1-61", new FakeScd30().measures(example.replace("cb", "cc")));
    expect(disturbed.reading()).toEqual({});
    await disturbed.clock.advance(10_000);
    expect(warnings(disturbed)[0]).toContain("the answer has a wrong checksum");
    const fresh = await startPart("scd30", "1-61", new FakeScd30().measures(`000081000081${example.slice(12)}`));
    expect(fresh.reading()).toEqual({ co2: null, temperature: 27.2, humidity: 48.8 });
  });

  it("gives nothing where all three are 0, though 0 °C and 0 % are within its ranges", async () => {
    const sensor = await startPart("scd30", "1-61", new FakeScd30().measures("000081000081".repeat(3)));
    await sensor.clock.advance(10_000);
    expect(sensor.bus.retained.has("it")).toBe(false);
    expect(warnings(sensor)).toEqual(["the part has not measured yet"]);
  });
});

describe("ens160", () => {
  const ens160With = (status: number) =>
    new RegisterPart({
      powerOn: { 0: 0x60, 1: 0x01, 32: status, 33: 2, 34: 0x2c, 35: 0x01, 36: 0x8a, 37: 0x02 },
    });

  it.each([
    ["in normal operation", 0x82, { aqi: 2, tvoc: 300, eco2: 650, warming_up: "OFF" }],
    ["while it warms up", 0x86, { aqi: null, tvoc: null, eco2: null, warming_up: "ON" }],
    ["in its first hour", 0x8a, { aqi: null, tvoc: null, eco2: null, warming_up: "ON" }],
    ["where its values are invalid", 0x8e, {}],
  ])("says what it knows %s", async (_name, status, reading) => {
    expect((await startPart("ens160", "1-53", ens160With(status))).reading()).toEqual(reading);
  });

  it("gives no TVOC of 0 just after its start, when its status is normal and all values are 0", async () => {
    const part = ens160With(0x80);
    part.set({ 33: 0, 34: 0, 35: 0, 36: 0, 37: 0 });
    const { reading } = await startPart("ens160", "1-53", part);
    expect(reading()).toEqual({ aqi: null, tvoc: null, eco2: null, warming_up: "OFF" });
  });

  it("is left measuring where it measures already, and set up again after its supply was off", async () => {
    const part = ens160With(0x82);
    part.set({ 16: 0x02 });
    const { next } = await startPart("ens160", "1-53", part);
    expect(part.written).toEqual([]);
    part.cutPower();
    expect(await next()).toMatchObject({ aqi: 2 });
    expect(part.written.map(({ value }) => value)).toEqual([0x01, 0x02]);
  });
});

describe("vl53l0x", () => {
  /** A VL53L0X whose factory has enabled five detectors behind an aperture, and that measures so. */
  const vl53l0xWith = (status: number, millimetres: number) => {
    const part = new RegisterPart({ powerOn: { 1: 0xff, 192: 0xee, 146: 0x85, 145: 0x3c } });
    part.set({ 176: 0xff, 177: 0xff, 178: 0xff, 179: 0xff, 180: 0xff, 181: 0xff });
    part.onWrite = (register, value) => {
      // Its memory has been read, or a measurement or a calibration has ended.
      if (register === 0x94) part.onRead = (read) => void (read === 0x83 && part.set({ 131: 1 }));
      if (register === 0x00 && (value & 1) === 1)
        part.set({ 19: 7, 20: status << 3, 30: millimetres >> 8, 31: millimetres & 0xff });
      if (register === 0x0b) part.set({ 19: 0 });
    };
    return part;
  };

  it("gives the distance in metres", async () => {
    const part = vl53l0xWith(11, 1_234);
    expect((await startPart("vl53l0x", "1-29", part)).reading()).toEqual({ distance: 1.234, in_range: "ON" });
    // Before the measurement it got its own value back.
    expect(part.lastWritten(0x91)).toBe(0x3c);
  });

  it("enables only as many detectors as the factory, from the thirteenth on behind an aperture", async () => {
    const part = vl53l0xWith(11, 500);
    await startPart("vl53l0x", "1-29", part);
    const map = part.written.filter(({ register }) => register >= 0xb0 && register <= 0xb5).map(({ value }) => value);
    expect(map).toEqual([0, 0xf0, 0x01, 0, 0, 0]);
  });

  it.each([
    ["the signal is weak", 4, 700],
    ["nothing is there", 11, 8_190],
  ])("has no distance where %s", async (_name, status, millimetres) => {
    const { reading } = await startPart("vl53l0x", "1-29", vl53l0xWith(status, millimetres));
    expect(reading()).toEqual({ distance: null, in_range: "OFF" });
  });

  it("is set up again after its supply was off", async () => {
    const part = vl53l0xWith(11, 500);
    const { next, ...sensor } = await startPart("vl53l0x", "1-29", part);
    part.cutPower();
    part.set({ 176: 0xff, 177: 0xff, 178: 0xff });
    expect(await next()).toEqual({ distance: 0.5, in_range: "ON" });
    expect(part.registers.get(0x01)).toBe(0xe8);
    expect(warnings(sensor)).toEqual([]);
  });
});
