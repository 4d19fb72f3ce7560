import { describe, expect, it } from "vitest";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { FakeTree } from "../fakes/tree.ts";

/** A part on I2C as its driver shows it, read once. */
async function start(written: string, address: string, name: string, files: Readonly<Record<string, string | number>>) {
  const device = `/sys/bus/i2c/devices/1-00${address}`;
  const tree = new FakeTree({ [`${device}/name`]: `${name}\n` });
  for (const [file, text] of Object.entries({ name, ...files }))
    tree.files.set(`${device}/iio:device0/${file}`, `${text}\n`);
  return startSensor(`kind: ${written}, every: 10s`, { files: tree });
}

describe("what is brighter than a sensor can measure is no value", () => {
  const setUp = "it is brighter than the sensor can measure as it is set up";
  it.each([
    [
      "bh1750",
      "23",
      { in_illuminance_raw: 65_535, in_illuminance_scale: "0.833333" },
      /^the sensor gave illuminance 54612\.4\d+, outside its range of 0 to 54612 lx$/,
    ],
    [
      "tsl4531",
      "29",
      { in_illuminance_raw: 65_535, in_illuminance_scale: 1 },
      "the sensor gave illuminance 65535, outside its range of 0 to 65534 lx",
    ],
    [
      "veml6030",
      "10",
      { in_illuminance_raw: 65_535, in_illuminance_input: "30198.005280" },
      `the sensor gave no illuminance: ${setUp}`,
    ],
    [
      "veml6040",
      "10",
      { in_intensity_green_raw: 65_535, in_intensity_integration_time: 40 },
      `the sensor gave no illuminance: ${setUp}`,
    ],
  ])("from a %s", async (kind, address, files, sentence) => {
    const sensor = await start(kind, address, kind, files);
    expect(sensor.bus.on("it")).toEqual([]);
    await sensor.clock.advance(60_000);
    expect(warnings(sensor)).toEqual([typeof sentence === "string" ? sentence : expect.stringMatching(sentence)]);
  });

  it("from an apds9960, each color for itself", async () => {
    // 28 ms are 10 cycles of 1025 counts each.
    const sensor = await start("apds9960", "39", "apds9960", {
      in_proximity_raw: 0,
      in_intensity_integration_time: "0.028000",
      in_intensity_clear_raw: 10_250,
      in_intensity_red_raw: 10_249,
      in_intensity_green_raw: 1,
      in_intensity_blue_raw: 0,
    });
    expect(sensor.reading()).toEqual({ proximity: 0, clear: null, red: 10_249, green: 1, blue: 0 });
    expect(warnings(sensor)).toEqual([`the sensor gave no clear: ${setUp}`]);
  });
});

describe("a tcs34725", () => {
  const startTcs = (clear: number, [red, green, blue]: readonly [number, number, number], more = {}, options = "") =>
    start(`tcs34725${options}`, "29", "tcs3472", {
      in_intensity_clear_raw: clear,
      in_intensity_red_raw: red,
      in_intensity_green_raw: green,
      in_intensity_blue_raw: blue,
      in_intensity_calibscale: 4,
      in_intensity_integration_time: "0.153600",
      ...more,
    });

  it("is dark, without a color, at night", async () => {
    const sensor = await startTcs(0, [0, 0, 0]);
    expect(sensor.reading()).toEqual({ illuminance: 0, color_temperature: null });
    expect(warnings(sensor)).toEqual(["the sensor gave no color_temperature: it is too dark for a color"]);
  });

  it("is brighter behind a glass that takes half of the light", async () => {
    // 405.4 counts / 1.98194 × 2, see the tree of its files.
    const sensor = await startTcs(1_300, [500, 600, 420], {}, ", glass_attenuation_factor: 2");
    expect(sensor.reading()).toEqual({ illuminance: 409, color_temperature: 4_419 });
  });

  it.each([
    // 64 cycles of 2.4 ms: 65536 counts, of which 65535 can be shown.
    ["its end", 65_535, "0.153600"],
    // 10 cycles of 1024 counts, of which three quarters are sure.
    ["three quarters of a short time", 7_680, "0.024000"],
  ])("has no values at %s", async (_what, clear, seconds) => {
    const sensor = await startTcs(clear, [3_000, 3_000, 3_000], { in_intensity_integration_time: seconds });
    expect(sensor.bus.on("it")).toEqual([]);
  });

  it("says how it is set up where its driver left it as it starts", async () => {
    const sensor = await startTcs(60, [20, 25, 15], {
      in_intensity_integration_time: "0.002400",
      in_intensity_calibscale: 1,
    });
    expect(sensor.reading()["illuminance"]).toBeNull();
    expect(warnings(sensor).join()).toContain("write into /etc/udev/rules.d/90-tcs3472.rules: SUBSYSTEM==");
  });

  it("has no brightness where nearly all light is infrared", async () => {
    // Infrared (900 + 300 + 500 - 1000) / 2 = 350: green -50, red 550, blue 150: 74.8 - 50 - 66.6 is below 0.
    const sensor = await startTcs(1_000, [900, 300, 500]);
    expect(sensor.reading()["illuminance"]).toBeNull();
  });
});
