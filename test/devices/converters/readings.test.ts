import { describe, expect, it } from "vitest";
import { FakeClock } from "../../fakes/clock.ts";
import { startSensor, warnings } from "../../fakes/sensor.ts";
import { type FakeFile, FakeTree, systemError } from "../../fakes/tree.ts";

const ads = "/sys/bus/i2c/devices/1-0048";
const mcp = "/sys/bus/spi/devices/spi0.0";

/** An ADS1115 with the range ±4.096 V (0.125 mV a step) and these raw numbers. */
const startAds = (channels: string, raw: Readonly<Record<string, FakeFile>>) =>
  startSensor(`kind: ads1115, every: 10s, channels: {${channels}}`, {
    files: new FakeTree({
      [`${ads}/name`]: "ads1115\n",
      [`${ads}/iio:device0/name`]: "ads1015\n",
      ...Object.fromEntries(
        Object.entries(raw).flatMap(([input, number]) => [
          [`${ads}/iio:device0/in_voltage${input}_raw`, number],
          [`${ads}/iio:device0/in_voltage${input}_scale`, "0.125000000\n"],
        ]),
      ),
    }),
  });

/** An MCP3008 with these raw numbers, with whose scale the kernel does this. */
const startMcp = (
  options: string,
  raw: Readonly<Record<string, string>>,
  scale: FakeFile = () => {
    throw systemError("EINVAL");
  },
) =>
  startSensor(`kind: mcp3008, every: 10s, ${options}`, {
    files: new FakeTree({
      [`${mcp}/modalias`]: "spi:mcp3008\n",
      [`${mcp}/iio:device0/in_voltage_scale`]: scale,
      ...Object.fromEntries(
        Object.entries(raw).map(([input, number]) => [`${mcp}/iio:device0/in_voltage${input}_raw`, number]),
      ),
    }),
  });

const ntc = "ntc: {b_constant: 3950, reference_resistance: 10k}";

describe("a channel", () => {
  it.each([
    // 16000 × 0.125 mV = 2 V
    ["volts", "it: {input: 0}", "16000", 2],
    ["volts before a divider: × (20 + 10) / 10", "it: {input: 0, divider: [20k, 10k]}", "16000", 6],
    ["amperes through a shunt: 2 V / 0.5 Ω", "it: {input: 0, shunt: 0.5}", "16000", 4],
    ["negative amperes", "it: {input: 0, shunt: 100m}", "-800", -1],
    ["digits as wanted", "it: {input: 0, digits: 0}", "12800", 2],
    // 13200 × 0.125 mV = 1.65 V of 3.3 V: both resistors are equal.
    ["a thermistor to ground", `it: {input: 0, resistor: 10k, ${ntc}}`, "13200", 25],
    ["a thermistor to the supply", `it: {input: 0, resistor: 10k, configuration: upstream, ${ntc}}`, "13200", 25],
    // 33.621k / (33.621k + 10k) × 3.3 V = 2.5435 V = 20348 steps: 0 °C; the other way round 0.7565 V = 6052 steps.
    ["a cold thermistor to ground", `it: {input: 0, resistor: 10k, ${ntc}}`, "20348", 0],
    ["a cold thermistor to the supply", `it: {input: 0, resistor: 10k, configuration: upstream, ${ntc}}`, "6052", 0],
    // 1.65 V of 5 V: 33/67 × 6.7k = 3.3k; 1/T = 1/298.15 + ln(0.33)/3950 = 0.00307334: 325.4 K.
    ["a thermistor at 5 V", `it: {input: 0, resistor: 6.7k, reference_voltage: 5, ${ntc}}`, "13200", 52.2],
    // 1.65 V of 3.3 V: 100 Ω, which is 90 of 180 Ω above 10 Ω.
    ["a level sender", "it: {input: 0, resistor: 100, table: [[190, 0], [10, 100]]}", "13200", 50],
    ["a table with a kink", "it: {input: 0, resistor: 100, table: [[0, 0], [80, 10], [120, 30]]}", "13200", 20],
  ])("gives %s", async (_what, channel, raw, value) => {
    const sensor = await startAds(channel, { 0: raw });
    expect(sensor.reading()).toEqual({ it: value });
  });

  const advice =
    "choose a wider one in /boot/firmware/config.txt, as in dtoverlay=ads1115,cha_enable,cha_cfg=4,cha_gain=1 for 4.096 V";

  it.each([
    // 26300 × 0.125 mV = 3.2875 V, 99.6 % of 3.3 V.
    [
      "an open thermistor",
      `it: {input: 0, resistor: 10k, ${ntc}}`,
      "26300",
      "its resistor is not connected, or its wire is broken",
    ],
    [
      "a shorted thermistor",
      `it: {input: 0, resistor: 10k, ${ntc}}`,
      "100",
      "its thermistor or its wire has a short circuit",
    ],
    [
      "a shorted thermistor at the supply",
      `it: {input: 0, resistor: 10k, configuration: upstream, ${ntc}}`,
      "26400",
      "its thermistor or its wire has a short circuit",
    ],
    [
      "an open thermistor at the supply",
      `it: {input: 0, resistor: 10k, configuration: upstream, ${ntc}}`,
      "0",
      "its resistor is not connected, or its wire is broken",
    ],
    // 26000 steps = 3.25 V: 100 Ω × 65 = 6500 Ω.
    [
      "a broken wire of a sender",
      "it: {input: 0, resistor: 100, table: [[10, 0], [180, 100]]}",
      "26000",
      "its 6500 ohms are above the table; its wire may be broken",
    ],
    [
      "a shorted sender",
      "it: {input: 0, resistor: 100, table: [[10, 0], [180, 100]]}",
      "0",
      "its 0 ohms are below the table; it may be shorted",
    ],
    ["more than its range", "it: {input: 0}", "32767", `input 0 is at the end of its range; ${advice}`],
    ["less than its range", "it: {input: 0}", "-32768", `input 0 is at the end of its range; ${advice}`],
  ])("has no value for %s", async (_what, channel, raw, reason) => {
    const sensor = await startAds(channel, { 0: raw });
    expect(sensor.bus.on("it")).toEqual([]);
    await sensor.clock.advance(60_000);
    expect(warnings(sensor)).toEqual([`the sensor gave no it: ${reason}`]);
  });

  it("has no value for a file without a number", async () => {
    const sensor = await startAds("it: {input: 0}", { 0: "\n" });
    await sensor.clock.advance(60_000);
    expect(warnings(sensor)).toEqual(["the sensor gave no it"]);
  });

  it("without a value leaves the others alone, and says once why", async () => {
    const sensor = await startAds(`hot: {input: 0, resistor: 10k, ${ntc}}, volts: {input: 1}`, {
      0: "26400",
      1: "8000",
    });
    await sensor.clock.advance(60_000);
    expect(sensor.reading()).toEqual({ hot: null, volts: 1 });
    expect(warnings(sensor)).toEqual(["the sensor gave no hot: its resistor is not connected, or its wire is broken"]);
  });

  it("that the part does not have is told of", async () => {
    const sensor = await startAds("it: {input: 3}", { 0: "100", "0-voltage1": "100" });
    await sensor.clock.advance(60_000);
    expect(warnings(sensor)).toEqual(["the part has no input 3; the kernel shows 0, 0-1"]);
  });

  it("that the part does not have leaves the others alone", async () => {
    const sensor = await startAds("it: {input: 2-3}, volts: {input: 0}", { 0: "8000" });
    await sensor.clock.advance(60_000);
    expect(sensor.reading()).toEqual({ it: null, volts: 1 });
    expect(warnings(sensor)).toEqual(["the sensor gave no it: the part has no input 2-3; the kernel shows 0"]);
  });

  it("is tried again where the bus was disturbed", async () => {
    let times = 0;
    const sensor = await startAds("it: {input: 0}", {
      0: () => {
        if (++times < 3) throw systemError("EREMOTEIO");
        return "8000\n";
      },
    });
    expect(sensor.reading()).toEqual({ it: 1 });
  });
});

describe("an MCP3008", () => {
  it.each([
    // 256 / 1024 of the reference
    ["3.3 V where the kernel knows no reference", "", undefined, 0.825],
    // 4.0039 mV × 1024 = 4.1 V
    ["what the kernel knows of its reference", "", "4.003906250\n", 1.025],
    ["the chosen reference", ", reference_voltage: 5", "4.003906250\n", 1.25],
  ])("is read with %s", async (_what, more, scale, volts) => {
    const sensor = await startMcp(`channels: {it: {input: 0}}${more}`, { 0: "256" }, scale);
    expect(sensor.reading()).toEqual({ it: volts });
  });

  it("shows the end of a potentiometer, but nothing behind a divider", async () => {
    const sensor = await startMcp("channels: {knob: {input: 0}, battery: {input: 1, divider: [10k, 10k]}}", {
      0: "1023",
      1: "1023",
    });
    // 1023 / 1024 × 3.3 V
    expect(sensor.reading()).toEqual({ knob: 3.297, battery: null });
    expect(warnings(sensor)).toEqual([
      "the sensor gave no battery: input 1 is at the end of its range; its voltage is above the reference; choose another divider or shunt",
    ]);
  });

  it("takes its own reference as the supply of a thermistor, and 1023 as a broken wire", async () => {
    const one = `{resistor: 10k, ${ntc}`;
    const sensor = await startMcp(`channels: {warm: ${one}, input: 0}, open: ${one}, input: 1}}`, {
      0: "512",
      1: "1023",
    });
    expect(sensor.reading()).toEqual({ warm: 25, open: null });
  });
});

describe("an MCP3422", () => {
  const device = "/sys/bus/i2c/devices/1-0068";
  const start = (raw: number, scale: string, rate: number) =>
    startSensor("kind: mcp3422, every: 10s, channels: {it: {input: 1}}", {
      files: new FakeTree({
        [`${device}/name`]: "mcp3422\n",
        [`${device}/iio:device0/in_voltage1_raw`]: `${raw}\n`,
        [`${device}/iio:device0/in_voltage1_scale`]: `${scale}\n`,
        [`${device}/iio:device0/in_voltage_sampling_frequency`]: `${rate}\n`,
      }),
    });

  // Scales: mcp3422_scales of the driver, in V, without gain.
  it.each([
    [240, "0.001000000", 2_047],
    [60, "0.000250000", 8_191],
    [15, "0.000062500", 32_767],
    [3, "0.000015625", 131_071],
  ])("at %d samples a second is at its end at 2.048 V, and right below", async (rate, scale, end) => {
    expect((await start(end, scale, rate)).bus.on("it")).toEqual([]);
    expect((await start(-end - 1, scale, rate)).bus.on("it")).toEqual([]);
    const { it: below } = (await start(end - 1, scale, rate)).reading();
    expect(below).toBeCloseTo(2.048, 2);
  });

  it("takes the voltage of each input for its own, though the driver reads before the part has measured it", async () => {
    const clock = new FakeClock();
    // 3 samples a second: the driver waits for 333 ms, and the part needs 364 ms after another input was chosen.
    const part = { input: -1, chosenMs: 0, measured: 0 };
    const inputs = [1_000, 2_000];
    const raw = (input: number) => () => {
      if (input !== part.input) Object.assign(part, { input, chosenMs: clock.monotonicMs() - 333 });
      if (clock.monotonicMs() - part.chosenMs >= 364) part.measured = inputs[input] ?? 0;
      return `${part.measured}\n`;
    };
    const folder = `${device}/iio:device0`;
    const files = new FakeTree({
      [`${device}/name`]: "mcp3422\n",
      [`${folder}/in_voltage0_raw`]: raw(0),
      [`${folder}/in_voltage0_scale`]: "0.000015625\n",
      [`${folder}/in_voltage1_raw`]: raw(1),
      [`${folder}/in_voltage1_scale`]: "0.000015625\n",
      [`${folder}/in_voltage_sampling_frequency`]: "3\n",
    });
    const channels = "{one: {input: 0, digits: 6}, other: {input: 1, digits: 6}}";
    const sensor = await startSensor(`kind: mcp3422, every: 10s, channels: ${channels}`, { files, clock });
    await clock.advance(20_000);
    expect(sensor.reading()).toEqual({ one: 0.015625, other: 0.03125 });
  });
});
