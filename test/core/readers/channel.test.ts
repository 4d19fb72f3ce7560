import { describe, expect, it } from "vitest";
import { explain } from "../../../src/core/errors.ts";
import { channelFactor, iioChannels, readHwmonFile, readIioChannel } from "../../../src/core/readers/channel.ts";
import { FakeTree, systemError } from "../../fakes/tree.ts";

const tree = (files: Readonly<Record<string, string>>) =>
  new FakeTree(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/d/${name}`, text])));

describe("a channel of an IIO device", () => {
  it.each<[string, string, Readonly<Record<string, string>>, number]>([
    ["what its driver has worked out", "in_temp", { in_temp_input: "21370\n" }, 21_370],
    ["a value with a point", "in_pressure", { in_pressure_input: "101.325187500\n" }, 101.3251875],
    ["a negative value", "in_temp", { in_temp_input: "-5250\n" }, -5_250],
    ["a negative part of one", "in_temp", { in_temp_input: "-0.250000000\n" }, -0.25],
    ["a value with a unit after it", "in_voltage0", { in_voltage0_input: "-3.000000 dB\n" }, -3],
    ["the raw number where nothing is to be done with it", "in_proximity", { in_proximity_raw: "73\n" }, 73],
    [
      "the raw number and a scale of its own",
      "in_temp",
      { in_temp_raw: "3000\n", in_temp_scale: "7.8125\n" },
      23_437.5,
    ],
    // (73 + 7) × 0.5
    ["raw, offset and scale", "in_temp", { in_temp_raw: "73\n", in_temp_offset: "7\n", in_temp_scale: "0.5\n" }, 40],
    // (100 − 16852) × 2 = −33504
    [
      "a negative offset",
      "in_temp",
      { in_temp_raw: "100\n", in_temp_offset: "-16852\n", in_temp_scale: "2\n" },
      -33_504,
    ],
    ["the scale that its type shares", "in_voltage3", { in_voltage3_raw: "512\n", in_voltage_scale: "0.5\n" }, 256],
    ["an offset that its type shares", "in_voltage3", { in_voltage3_raw: "512\n", in_voltage_offset: "-12\n" }, 500],
    [
      "its own scale before a shared one",
      "in_voltage3",
      { in_voltage3_raw: "512\n", in_voltage3_scale: "2\n", in_voltage_scale: "0.5\n" },
      1_024,
    ],
    [
      "the scale of differences, not of voltages",
      "in_voltage0-voltage1",
      { "in_voltage0-voltage1_raw": "-8\n", "in_voltage-voltage_scale": "0.25\n", in_voltage_scale: "9\n" },
      -2,
    ],
    ["the scale that three axes share", "in_accel_x", { in_accel_x_raw: "-1000\n", in_accel_scale: "0.01\n" }, -10],
    ["the scale of one direction", "in_current1", { in_current1_raw: "6\n", in_scale: "0.5\n" }, 3],
    ["the scale of the whole device", "in_current1", { in_current1_raw: "6\n", scale: "1.5\n" }, 9],
    [
      "what its driver has worked out before the raw number",
      "in_temp",
      { in_temp_input: "5\n", in_temp_raw: "9\n" },
      5,
    ],
    [
      "what is worked out, whatever scale is beside it",
      "in_massconcentration_pm1",
      {
        in_massconcentration_pm1_input: "12.340000\n",
        in_massconcentration_scale: "0.010000\n",
      },
      12.34,
    ],
  ])("is read from %s", async (_what, channel, files, value) => {
    expect(await readIioChannel(tree(files), "/d", channel)).toBeCloseTo(value, 9);
  });

  it.each([
    ["is empty", { in_temp_input: "" }],
    ["has a line end only", { in_temp_input: "\n" }],
    ["has no number", { in_temp_input: "error\n" }],
    ["is empty as a raw number", { in_temp_raw: "\n", in_temp_scale: "1\n" }],
    ["has an empty scale", { in_temp_raw: "5\n", in_temp_scale: "\n" }],
    ["has an empty offset", { in_temp_raw: "5\n", in_temp_offset: "\n" }],
  ])("is no number, and not 0, where its file %s", async (_what, files) => {
    expect(await readIioChannel(tree(files as Record<string, string>), "/d", "in_temp")).toBeNaN();
  });

  it("that does not exist is named", async () => {
    const files = tree({ in_temp_scale: "1\n", in_voltage1_raw: "1\n" });
    expect(await readIioChannel(files, "/d", "in_temp").catch(explain)).toBe("the driver shows no channel in_temp");
  });

  it("that cannot be read fails with the kernel's own error", async () => {
    const files = tree({ in_temp_raw: "1\n" });
    files.files.set("/d/in_temp_scale", () => {
      throw systemError("EIO");
    });
    await expect(readIioChannel(files, "/d", "in_temp")).rejects.toMatchObject({ code: "EIO" });
  });
});

it("the channels of an IIO device are those that can be read", async () => {
  const files = ["in_temp_raw", "in_temp_scale", "in_humidityrelative_input", "out_current_heater_raw", "name"];
  const shown = tree(Object.fromEntries([...files, "in_voltage0-voltage1_raw", "in_temp_input"].map((of) => [of, ""])));
  expect(await iioChannels(shown, "/d")).toEqual([
    "in_humidityrelative",
    "in_temp",
    "in_voltage0-voltage1",
    "out_current_heater",
  ]);
});

it.each<["iio" | "hwmon", string, number, number]>([
  ["iio", "in_temp", 21_370, 21.37],
  ["iio", "in_temp_ambient", 21_370, 21.37],
  ["iio", "in_humidityrelative", 48_123, 48.123],
  ["iio", "in_pressure", 101.3251875, 1013.251875],
  ["iio", "in_voltage0-voltage1", -1_500, -1.5],
  ["iio", "in_current0", 250, 0.25],
  ["iio", "in_power", 1_500, 1.5],
  ["iio", "in_concentration_co2", 0.0415, 415],
  ["iio", "in_massconcentration_pm2p5", 12.34, 12.34],
  ["iio", "in_illuminance", 300, 300],
  ["hwmon", "temp1_input", -5_250, -5.25],
  ["hwmon", "humidity1_input", 61_070, 61.07],
  ["hwmon", "in0_input", 3_300, 3.3],
  ["hwmon", "curr1_input", 500, 0.5],
  ["hwmon", "power1_input", 2_500_000, 2.5],
  ["hwmon", "energy1_input", 3_600_000_000_000, 1],
  ["hwmon", "fan1_input", 1_200, 1_200],
])("%s's unit of %s becomes the one that is published", (subsystem, channel, read, value) => {
  expect(read * channelFactor(subsystem, channel)).toBeCloseTo(value, 9);
});

it("a file of a hwmon device is read as a number, and named where it is missing", async () => {
  const files = tree({ temp1_input: "-5250\n", humidity1_input: "\n" });
  expect(await readHwmonFile(files, "/d", "temp1_input")).toBe(-5_250);
  expect(await readHwmonFile(files, "/d", "humidity1_input")).toBeNaN();
  expect(await readHwmonFile(files, "/d", "in0_input").catch(explain)).toBe("the driver shows no file in0_input");
});
