import { describe, expect, it } from "vitest";
import { startSensor } from "../../fakes/sensor.ts";
import { FakeSerial, hex } from "../../fakes/serial.ts";
import { device, meterLine } from "./meter.ts";

describe("modbus", () => {
  it("reads a voltage as the manual of the SDM630 shows it", async () => {
    const serial = new FakeSerial();
    serial.onWrite = () => serial.say(hex("01 04 04 43 66 33 34 1B 38"));
    const measures =
      "voltage: {register: 0x0000, type: input, value: float32, unit: V, device_class: voltage, digits: 1}";
    const sensor = await startSensor(device(measures, "baud_rate: 19200, parity: even, "), { serial });
    expect(serial.written).toEqual([hex("01 04 00 00 00 02 71 CB")]);
    expect(sensor.reading()).toEqual({ voltage: 230.2 });
    expect(serial.opened).toEqual([{ port: "/dev/ttyS9", baudRate: 19200, dataBits: 8, parity: "even", stopBits: 1 }]);
    await sensor.agent.stop();
    expect([serial.users, sensor.clock.pending]).toEqual([0, 0]);
  });

  it.each([
    ["value: uint16", "FF FE", 65_534],
    ["value: int16", "FF FE", -2],
    ["value: uint32", "00 01 00 02", 65_538],
    ["value: int32", "FF FF FF FE", -2],
    ["value: int32, word_order: little", "FF FE FF FF", -2],
    ["value: uint32, word_order: little", "00 02 00 01", 65_538],
    ["value: uint16, byte_order: little", "02 01", 258],
    ["value: uint32, byte_order: little", "01 00 02 00", 65_538],
    ["value: uint32, byte_order: little, word_order: little", "02 00 01 00", 65_538],
    // 1.5 is 3FC00000, and as 64 bits 3FF80000 00000000.
    ["value: float32", "3F C0 00 00", 1.5],
    ["value: float32, word_order: little", "00 00 3F C0", 1.5],
    ["value: float64", "3F F8 00 00 00 00 00 00", 1.5],
    ["value: float64, word_order: little", "00 00 00 00 00 00 3F F8", 1.5],
    ["value: uint64", "00 00 00 01 00 00 00 00", 4_294_967_296],
    ["value: int64", "FF FF FF FF FF FF FF FE", -2],
    ["value: int16, multiply: 0.1", "FF 9C", -10],
    ["value: uint16, multiply: 0.01", "5A 0B", 230.51],
  ])("understands %s", async (place, bytes, value) => {
    const { serial, clock } = meterLine(() => hex(bytes));
    const sensor = await startSensor(device(`it: {register: 7, ${place}}`), { serial, clock });
    expect(sensor.reading()).toEqual({ it: value });
  });

  it.each([
    ["holding", 3],
    ["input", 4],
  ])("reads %s registers by function %i", async (type, code) => {
    const { serial, clock, asked } = meterLine(() => [0, 5]);
    await startSensor(device(`it: {register: 65535, type: ${type}}`, "unit: 247, "), { serial, clock });
    expect(asked).toMatchObject([{ unit: 247, code, start: 65_535, count: 1 }]);
  });

  it.each([
    ["coil", 1],
    ["discrete", 2],
  ])("reads bits of the type %s by function %i, as ON or OFF, the lowest bit first", async (type, code) => {
    const { serial, clock, asked } = meterLine(() => [0b0000_0100, 0b1]);
    const measures = [20, 21, 22, 28].map((register) => `b${register}: {register: ${register}, type: ${type}}`);
    const sensor = await startSensor(device([...measures, ...between(23, 27, type)].join(", ")), { serial, clock });
    expect(asked).toMatchObject([{ code, start: 20, count: 9 }]);
    expect(sensor.reading()).toMatchObject({ b20: "OFF", b21: "OFF", b22: "ON", b28: "ON" });
  });

  it("publishes what is no number, or out of range, as null", async () => {
    const { serial, clock } = meterLine(() => hex("7F C0 00 00 43 66 00 00"));
    const measures = "a: {register: 0, value: float32}, b: {register: 2, value: float32, range: [0, 260]}";
    const sensor = await startSensor(device(measures), { serial, clock });
    expect(sensor.reading()).toEqual({ a: null, b: 230 });
  });
});

describe("the requests of modbus", () => {
  const requestsFor = async (measures: readonly string[]) => {
    const { serial, clock, asked } = meterLine(({ count }) => Array(count * 2).fill(0), 1);
    const sensor = await startSensor(device(measures.join(", ")), { serial, clock });
    await clock.advance(1_000);
    return { requests: asked.map(({ code, start, count }) => [code, start, count]), values: sensor.reading() };
  };
  const holding = (register: number, value = "uint16") => `r${register}: {register: ${register}, value: ${value}}`;

  it("are one for neighbours, in whatever order they are written", async () => {
    const { requests } = await requestsFor([holding(14, "float32"), holding(10, "float32"), holding(12, "int32")]);
    expect(requests).toEqual([[3, 10, 6]]);
  });

  it("leave out registers that nobody named, because some meters refuse them", async () => {
    expect((await requestsFor([holding(0), holding(1), holding(3)])).requests).toEqual([
      [3, 0, 2],
      [3, 3, 1],
    ]);
  });

  it("do not mix types", async () => {
    const { requests } = await requestsFor([holding(0), "i1: {register: 1, type: input}"]);
    expect(requests).toEqual([
      [3, 0, 1],
      [4, 1, 1],
    ]);
  });

  it("read a register once that has two measures", async () => {
    const { requests } = await requestsFor([
      holding(5),
      "low: {register: 5, value: int16}",
      "wide: {register: 5, value: int32}",
    ]);
    expect(requests).toEqual([[3, 5, 2]]);
  });

  it("have at most 125 registers, and never divide a value", async () => {
    const { requests, values } = await requestsFor(
      Array.from({ length: 70 }, (_, index) => holding(2 * index, "float32")),
    );
    expect(requests).toEqual([
      [3, 0, 124],
      [3, 124, 16],
    ]);
    expect(Object.keys(values)).toHaveLength(70);
  });
});

const between = (first: number, last: number, type: string) =>
  Array.from(
    { length: last - first + 1 },
    (_, index) => `b${first + index}: {register: ${first + index}, type: ${type}}`,
  );
