import { describe, expect, it } from "vitest";
import { FakeClock } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { type FakeFile, FakeTree, systemError } from "../fakes/tree.ts";

const device = (address: string) => `/sys/bus/i2c/devices/1-00${address}`;

/** The files of a part; the channels may fail. */
function shown(address: string, name: string, number: number, channels: Record<string, FakeFile>) {
  const folder = `${device(address)}/iio:device${number}`;
  return {
    [`${device(address)}/name`]: `${name}\n`,
    ...Object.fromEntries(Object.entries({ name, ...channels }).map(([file, text]) => [`${folder}/${file}`, text])),
  };
}

const climate = { in_temp_input: "21370\n", in_humidityrelative_input: "48123\n", in_pressure_input: "101.325\n" };
const good = { temperature: 21.4, humidity: 48.1, pressure: 1013.3 };

/** A file that fails so many times before it can be read. */
function failing(code: string, times: number, text: string): FakeFile {
  let left = times;
  return () => {
    left -= 1;
    if (left >= 0) throw systemError(code);
    return text;
  };
}

const fails = (code: string) => failing(code, Number.POSITIVE_INFINITY, "");

const start = (tree: FakeTree, options = "kind: bme280, every: 10s") => startSensor(options, { files: tree });
type House = Awaited<ReturnType<typeof start>>;
const isOnline = ({ bus }: House) => bus.retained.get("it/availability");

describe("a part whose bus is disturbed", () => {
  it.each(["EIO", "EREMOTEIO", "ETIMEDOUT", "EAGAIN", "EBUSY"])("is read once it answers: %s twice", async (code) => {
    const files = shown("76", "bme280", 0, { ...climate, in_temp_input: failing(code, 2, "21370\n") });
    const house = await start(new FakeTree(files));
    expect(house.reading()).toEqual(good);
    expect(house.log.at("warn")).toEqual([]);
  });

  it.each([
    ["EIO", "the sensor does not answer on its bus (EIO); check its wiring and its supply"],
    ["EREMOTEIO", "the sensor does not answer on its bus (EREMOTEIO); check its wiring and its supply"],
    ["ETIMEDOUT", "the sensor did not answer in time (ETIMEDOUT); check its wiring and its supply"],
    ["EAGAIN", "the sensor has no new value yet (EAGAIN); check its wiring and its supply"],
  ])("is offline with one reason where it does not answer: %s", async (code, reason) => {
    const house = await start(new FakeTree(shown("76", "bme280", 0, { ...climate, in_temp_input: fails(code) })));
    await house.clock.advance(60_000);
    expect([isOnline(house), warnings(house)]).toEqual(["offline", [reason]]);
  });

  it("publishes null for a file that is empty or has no number, and the other values", async () => {
    const broken = { ...climate, in_temp_input: "\n", in_pressure_input: "nan?\n" };
    const house = await start(new FakeTree(shown("76", "bme280", 0, broken)));
    expect(house.reading()).toEqual({ temperature: null, humidity: 48.1, pressure: null });
    expect(warnings(house)).toEqual(["the sensor gave no temperature", "the sensor gave no pressure"]);
  });
});

describe("a part that is unplugged", () => {
  it("is offline while it does not answer, and online when it is plugged in again", async () => {
    const tree = new FakeTree(shown("76", "bme280", 0, climate));
    const house = await start(tree);
    for (const file of Object.keys(climate)) tree.files.set(`${device("76")}/iio:device0/${file}`, fails("EREMOTEIO"));
    await house.clock.advance(60_000);
    expect(isOnline(house)).toBe("offline");
    for (const [file, text] of Object.entries(shown("76", "bme280", 0, climate))) tree.files.set(file, text);
    await house.clock.advance(120_000);
    expect([isOnline(house), house.reading()]).toEqual(["online", good]);
  });

  it("is found again below another number when its driver is loaded anew", async () => {
    const tree = new FakeTree(shown("76", "bme280", 0, climate));
    const house = await start(tree);
    tree.files.clear();
    await house.clock.advance(60_000);
    expect(isOnline(house)).toBe("offline");
    const warmer = shown("76", "bme280", 7, { ...climate, in_temp_input: "25000\n" });
    for (const [file, text] of Object.entries(warmer)) tree.files.set(file, text);
    await house.clock.advance(300_000);
    expect([isOnline(house), house.reading()]).toEqual(["online", { ...good, temperature: 25 }]);
  });
});

describe("an sgp30", () => {
  const air = { in_concentration_co2_input: "0.000583\n", in_concentration_voc_input: "0.000000091\n" };
  const asked = { in_concentration_ethanol_raw: "18230\n" };

  it("says nothing until its driver has values, and then the first ones", async () => {
    const busy = { ...asked, ...air, in_concentration_co2_input: failing("EBUSY", 7, "0.000583\n") };
    const house = await start(new FakeTree(shown("58", "sgp30", 0, busy)), "kind: sgp30, every: 5s");
    expect(house.bus.on("it")).toEqual([]);
    await house.clock.advance(20_000);
    expect(house.reading()).toEqual({ eco2: 583, tvoc: 91 });
  });

  it("does not go on with the values that its driver keeps when it is gone", async () => {
    const tree = new FakeTree(shown("58", "sgp30", 0, { ...asked, ...air }));
    const house = await start(tree, "kind: sgp30, every: 5s");
    await house.clock.advance(4_000);
    const before = house.bus.on("it").length;
    tree.files.set(`${device("58")}/iio:device0/in_concentration_ethanol_raw`, fails("EREMOTEIO"));
    await house.clock.advance(60_000);
    expect([isOnline(house), house.bus.on("it").length]).toEqual(["offline", before]);
  });
});

it("a bme680 whose heater is too cold has no gas resistance, and its other values", async () => {
  const files = { ...climate, in_humidityrelative_input: "48.123\n", in_resistance_input: fails("EINVAL") };
  const house = await start(new FakeTree(shown("76", "bme680", 0, files)), "kind: bme680");
  expect(house.reading()).toEqual({ ...good, gas_resistance: null });
  expect(warnings(house)).toEqual(["the sensor gave no gas_resistance: the heater did not reach its temperature"]);
});

it("an scd4x may take 15 s for a reading, and its neighbours on the bus do not wait for it", async () => {
  const clock = new FakeClock();
  /** Waits for the next measurement before it reads one of the part's channels. */
  class Waiting extends FakeTree {
    override async readText(path: string) {
      const text = await super.readText(path);
      if (/1-0062.*_raw$/.test(path)) await new Promise<void>((resolve) => void clock.after(5_000, resolve));
      return text;
    }
  }
  const raw = {
    in_concentration_co2_raw: "722\n",
    in_concentration_co2_scale: "0.0001\n",
    in_temp_raw: "25200\n",
    in_temp_offset: "-16852.114286\n",
    in_temp_scale: "2.670288085\n",
    in_humidityrelative_raw: "28836\n",
    in_humidityrelative_scale: "1.525878906\n",
  };
  const files = new Waiting({ ...shown("62", "scd41", 1, raw), ...shown("76", "bme280", 0, climate) });
  const both = "devices:\n  air: {kind: scd4x, topic: air}\n  it: {kind: bme280, topic: it, every: 1s}\n";
  const { bus, log } = await startHouse(both, { files, clock });
  await clock.advance(10_000);
  expect(bus.on("it").length).toBeGreaterThanOrEqual(10);
  await clock.advance(6_000);
  expect(JSON.parse(bus.retained.get("air") ?? "{}")).toMatchObject({ co2: 722, temperature: 22.3 });
  expect(log.at("warn")).toEqual([]);
});
