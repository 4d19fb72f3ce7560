import { describe, expect, it } from "vitest";
import { startSensor, warnings } from "../../fakes/sensor.ts";
import { FakeTree } from "../../fakes/tree.ts";

describe("ds2423", () => {
  const file = "/sys/bus/w1/devices/1d-0000000f1a2b/w1_slave";
  const line = (count: number | undefined) => `00 00 00 ${count === undefined ? "crc=NO" : `crc=YES c=${count}`}\n`;
  const start = (text: string) => startSensor("kind: ds2423, every: 10s", { files: new FakeTree({ [file]: text }) });

  it("publishes the counters of pages 14 and 15, which are its inputs", async () => {
    const house = await start([1, 2, 1_234_567, 0].map(line).join(""));
    expect(house.reading()).toEqual({ counter_a: 1_234_567, counter_b: 0 });
  });

  it("counts on where the driver's number becomes negative", async () => {
    // 0x80000000 and 0xfffffffe.
    const house = await start([0, 0, -2_147_483_648, -2].map(line).join(""));
    expect(house.reading()).toEqual({ counter_a: 2_147_483_648, counter_b: 4_294_967_294 });
  });

  it("publishes null for a counter with a wrong checksum", async () => {
    const house = await start([0, 0, 17, undefined].map(line).join(""));
    expect(house.reading()).toEqual({ counter_a: 17, counter_b: null });
    expect(warnings(house)).toEqual(["the sensor gave no counter_b"]);
  });

  it.each([
    ["nobody who answers", "Connection error", "the sensor did not answer; check its wiring"],
    ["an empty file", "", "the sensor did not answer; check its wiring"],
    [
      "a shorted bus, whose checksums are wrong",
      line(undefined).repeat(4),
      "the sensor gave no counter_a, and no counter_b",
    ],
  ])("publishes nothing for %s", async (_what, text, reason) => {
    const house = await start(text);
    await house.clock.advance(60_000);
    expect(house.bus.on("it")).toEqual([]);
    expect(warnings(house)).toEqual([reason]);
  });
});

describe("ds2438", () => {
  const folder = "/sys/bus/w1/devices/26-0000011f3c4d";
  const start = (files: Readonly<Record<string, string>>, more = "") =>
    startSensor(`kind: ds2438, every: 10s${more}`, {
      files: new FakeTree(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]))),
    });
  const good = { temperature: "5120\n", vad: "150\n", vdd: "500\n", iad: "0\n" };

  it.each([
    // (1.50 / 5.00 - 0.16) / 0.0062 = 22.58; / (1.0546 - 0.00216 * 20) = 22.33
    ["hih4000", good, 22.3],
    // (1.50 / 5.00 - 0.1515) / 0.00636 = 23.35; / 1.0114 = 23.09
    ["hih5030", good, 23.1],
    // (3.93 / 5.00 - 0.16) / 0.0062 = 100.97; / (1.0546 - 0.00216 * 25) = 100.9: wet air
    ["hih4000", { ...good, temperature: "6400\n", vad: "393\n" }, 100],
    // Nothing is connected: (0.02 / 5.00 - 0.16) / 0.0062 = -25.2
    ["hih4000", { ...good, vad: "2\n" }, null],
  ])("makes humidity of the voltage of a %s", async (sensor, files, humidity) => {
    const house = await start(files, `, humidity_sensor: ${sensor}`);
    expect(house.reading()).toMatchObject({ humidity });
    expect(house.reading()).not.toHaveProperty("voltage");
  });

  it("makes a current of the voltage over the resistor, in both directions", async () => {
    // 0.05 Ω: 1024 / 4096 / 0.05 = 5 A
    expect((await start({ ...good, iad: "1024\n" }, ", shunt: 0.05")).reading()).toMatchObject({ current: 5 });
    expect((await start({ ...good, iad: "-2\n" }, ", shunt: 0.05")).reading()).toMatchObject({ current: -0.01 });
  });

  it("takes a shorted bus, which reads as zeros, for no reading", async () => {
    const house = await start({ temperature: "0\n", vad: "0\n", vdd: "0\n", iad: "0\n" });
    await house.clock.advance(60_000);
    expect(house.bus.on("it")).toEqual([]);
    expect(warnings(house)).toEqual(["the data line of the 1-Wire bus is shorted to ground; check the wiring"]);
  });

  it("publishes null for a file that is empty", async () => {
    expect((await start({ ...good, vad: "" })).reading()).toEqual({
      temperature: 20,
      voltage: null,
      supply_voltage: 5,
    });
  });
});
