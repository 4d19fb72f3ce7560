import { describe, expect, it } from "vitest";
import { startSensor, warnings } from "../../fakes/sensor.ts";
import { type FakeFile, FakeTree, systemError } from "../../fakes/tree.ts";
import { componentsOf } from "../../homeassistant/houses.ts";

const root = "/sys/bus/iio/devices";

/** One IIO device: its files, and where its bus has it. */
interface Shown {
  readonly name: string;
  /** The folder of the device on its bus. */
  readonly parent?: string;
  /** The file `name` of the device on its bus. */
  readonly ofBus?: string;
  readonly files: Readonly<Record<string, FakeFile>>;
}

/** The IIO devices of a machine; the first is iio:device0. */
function machine(...all: readonly Shown[]): FakeTree {
  const tree = new FakeTree();
  for (const [number, one] of all.entries()) plug(tree, number, one);
  return tree;
}

function plug(tree: FakeTree, number: number, { name, parent = `/sys/devices/other${number}`, ofBus, files }: Shown) {
  const folder = `${root}/iio:device${number}`;
  tree.links.set(folder, `${parent}/iio:device${number}`);
  if (ofBus !== undefined) tree.files.set(`${parent}/name`, `${ofBus}\n`);
  for (const [file, text] of Object.entries({ name: `${name}\n`, ...files })) tree.files.set(`${folder}/${file}`, text);
}

const i2c = (address: string) => `/sys/devices/platform/soc/fe804000.i2c/i2c-1/1-00${address}`;
const spi = (device: string) => `/sys/devices/platform/soc/fe204000.spi/spi_master/spi0/${device}`;
const converter = (address: string, raw: number): Shown => ({
  name: "ads1015",
  parent: i2c(address),
  ofBus: "ads1015",
  files: { in_voltage0_raw: `${raw}\n`, in_voltage0_scale: "3.000000000\n" },
});

const start = (tree: FakeTree, options: string, measures = "{volts: {channel: in_voltage0}}") =>
  startSensor(`kind: iio, every: 10s, ${options}, measures: ${measures}`, { files: tree });

describe("which IIO device it reads", () => {
  it.each<[string, Shown, string]>([
    ["its driver's name", converter("48", 500), "part: ads1015"],
    ["its driver's name, with a place", converter("48", 500), "part: ads1015, device: 1-0048"],
    [
      "the name of the I2C device, where the driver takes its place for its name",
      { ...converter("40", 500), name: "1-0040", ofBus: "si7020" },
      "part: si7020",
    ],
    [
      "the beginning of a name that is followed by a place",
      { ...converter("48", 500), name: "dht11@4" },
      "part: dht11",
    ],
    [
      "the device's file label",
      { ...converter("48", 500), files: { ...converter("48", 500).files, label: "roof\n" } },
      "part: ads1015, device: roof",
    ],
    ["its SPI device", { ...converter("48", 500), parent: spi("spi0.1") }, "part: ads1015, device: spi0.1"],
  ])("is known by %s", async (_what, shown, options) => {
    const other: Shown = { name: "bme280", parent: i2c("76"), files: { in_temp_input: "20000\n" } };
    const house = await start(machine(other, shown), options);
    expect(warnings(house)).toEqual([]);
    // 500 × 3 mV
    expect(house.reading()).toEqual({ volts: 1.5 });
  });

  it("is the one at its place, where there are two of them", async () => {
    const two = machine(converter("48", 500), converter("49", 1_000));
    expect((await start(two, "part: ads1015, device: 1-0048")).reading()).toEqual({ volts: 1.5 });
    expect((await start(two, "part: ads1015, device: 1-0049")).reading()).toEqual({ volts: 3 });
  });

  it.each<[string, FakeTree, string, string]>([
    [
      "there is none",
      machine(),
      "part: ads1015",
      "the kernel shows no IIO device ads1015; it shows none: add the overlay of the part to /boot/firmware/config.txt and reboot",
    ],
    [
      "there are others",
      machine(converter("48", 1), { name: "dht11@4", parent: "/sys/devices/platform/dht11@4", files: {} }),
      "part: ads1115",
      "the kernel shows no IIO device ads1115; it shows ads1015 (1-0048), dht11 (dht11@4)",
    ],
    [
      "there are two",
      machine(converter("48", 1), converter("49", 1)),
      "part: ads1015",
      "there are several called ads1015; choose one by device: 1-0048, 1-0049",
    ],
    [
      "it is at another place",
      machine(converter("48", 1)),
      "part: ads1015, device: 1-004a",
      "there is no ads1015 at 1-004a; there is one at 1-0048",
    ],
  ])("is told of where %s", async (_what, tree, options, sentence) => {
    const house = await start(tree, options);
    expect(warnings(house)).toEqual([sentence]);
    expect(house.bus.retained.get("it/availability")).toBe("offline");
  });
});

describe("the channels of an IIO device", () => {
  const air: Shown = {
    name: "air",
    files: {
      in_temp_input: "-5250\n",
      in_pressure_input: "98.711\n",
      in_concentration_co2_raw: "722\n",
      in_concentration_co2_scale: "0.0001\n",
      in_accel_x_raw: "-981\n",
      in_accel_scale: "0.01\n",
      "in_voltage0-voltage1_raw": "-8\n",
      "in_voltage-voltage_scale": "250\n",
      in_proximity_raw: "73\n",
    },
  };

  it("are published in the units that their names say", async () => {
    const measures = `{temperature: {channel: in_temp}, pressure: {channel: in_pressure}, co2: {channel: in_concentration_co2},
      tilt: {channel: in_accel_x}, bridge: {channel: in_voltage0-voltage1}, near: {channel: in_proximity, digits: 0}}`;
    const house = await start(machine(air), "part: air", measures.replaceAll("\n", " "));
    expect(house.reading()).toEqual({
      temperature: -5.3,
      pressure: 987.1,
      co2: 722,
      tilt: -9.81,
      bridge: -2,
      near: 73,
    });
  });

  it("are multiplied and moved as their owner says, from IIO's own unit", async () => {
    const measures =
      "{kelvin: {channel: in_temp, multiply: 0.001, offset: 273.15, unit: K, device_class: temperature}, raw: {channel: in_proximity_raw, multiply: 2, offset: -6, digits: 0}}";
    // −5250 m°C × 0.001 + 273.15 = 267.9 K; 73 × 2 − 6
    expect((await start(machine(air), "part: air", measures)).reading()).toEqual({ kelvin: 267.9, raw: 140 });
  });

  it("are null alone where they are out of their range", async () => {
    const measures = "{temperature: {channel: in_temp, range: [0, 50]}, pressure: {channel: in_pressure}}";
    const house = await start(machine(air), "part: air", measures);
    expect(house.reading()).toEqual({ temperature: null, pressure: 987.1 });
    expect(warnings(house)).toEqual(["the sensor gave temperature -5.25, outside its range of 0 to 50 °C"]);
  });

  it("that do not exist are named, with those that do", async () => {
    const house = await start(machine(air), "part: air", "{a: {channel: in_temp}, b: {channel: in_humidity}}");
    expect(warnings(house)).toEqual([
      "air has no channel in_humidity; it has in_accel_x, in_concentration_co2, in_pressure, in_proximity, in_temp, in_voltage0-voltage1",
    ]);
  });

  it("are read on when one of them fails", async () => {
    const tree = machine(air);
    tree.files.set(`${root}/iio:device0/in_temp_input`, () => {
      throw systemError("EINVAL");
    });
    const measures = "{temperature: {channel: in_temp}, pressure: {channel: in_pressure}}";
    expect((await start(tree, "part: air", measures)).reading()).toEqual({ temperature: null, pressure: 987.1 });
  });
});

it("an IIO device that is unplugged is offline, and found again below another number", async () => {
  const tree = machine(converter("48", 500));
  const house = await start(tree, "part: ads1015");
  tree.files.clear();
  await house.clock.advance(60_000);
  expect(house.bus.retained.get("it/availability")).toBe("offline");
  plug(tree, 5, converter("48", 1_000));
  await house.clock.advance(300_000);
  expect([house.bus.retained.get("it/availability"), house.reading()]).toEqual(["online", { volts: 3 }]);
});

it("what Home Assistant is told comes from the channel's name, and from its owner", () => {
  const measures =
    "{temperature: {channel: in_temp, name: Roof}, moisture: {channel: in_voltage0, multiply: 0.05, device_class: moisture}}";
  const components = componentsOf(`devices:\n  it: {kind: iio, topic: it, part: x, measures: ${measures}}\n`);
  expect(components["it__temperature__sensor"]).toMatchObject({
    name: "It Roof",
    device_class: "temperature",
    unit_of_measurement: "°C",
    suggested_display_precision: 1,
  });
  expect(components["it__moisture__sensor"]).toMatchObject({ device_class: "moisture", unit_of_measurement: "%" });
});
