import { describe, expect, it } from "vitest";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { FakeTree, systemError } from "../fakes/tree.ts";

/** A part of air quality as its driver shows it, on a machine that has been on for so many seconds. */
function part(address: string, name: string, uptime: number | undefined, channels: Readonly<Record<string, string>>) {
  const device = `/sys/bus/i2c/devices/1-00${address}`;
  const tree = new FakeTree({
    [`${device}/name`]: `${name}\n`,
    ...(uptime !== undefined && { "/proc/uptime": `${uptime}.00 1.00\n` }),
  });
  const show = (texts: Readonly<Record<string, string>>) => {
    for (const [file, text] of Object.entries(texts)) tree.files.set(`${device}/iio:device0/${file}`, `${text}\n`);
  };
  const unplug = () => {
    for (const file of Object.keys(channels))
      tree.files.set(`${device}/iio:device0/${file}`, () => {
        throw systemError("EREMOTEIO");
      });
  };
  show(channels);
  return { tree, show, unplug };
}

describe("sgp30", () => {
  const measuring = {
    in_concentration_ethanol_raw: "18230",
    in_concentration_co2_input: "0.000583",
    in_concentration_voc_input: "0.000000091",
  };
  const first = { in_concentration_co2_input: "0.000400", in_concentration_voc_input: "0.000000000" };

  it("publishes 400 ppm and 0 ppb, which is fresh air, where nothing has failed", async () => {
    const { tree } = part("58", "sgp30", 5_000, { ...measuring, ...first });
    expect((await startSensor("kind: sgp30", { files: tree })).reading()).toEqual({ eco2: 400, tvoc: 0 });
  });

  it.each([
    ["the values of its start", first],
    ["what its driver had before", measuring],
  ])("is offline after a loss of its supply as long as there are %s", async (_name, shown) => {
    const { tree, show, unplug } = part("58", "sgp30", 5_000, measuring);
    const sensor = await startSensor("kind: sgp30, every: 10s", { files: tree });
    expect(sensor.reading()).toEqual({ eco2: 583, tvoc: 91 });
    unplug();
    await sensor.clock.advance(60_000);
    show({ ...measuring, ...shown });
    await sensor.clock.advance(600_000);
    expect(sensor.bus.retained.get("it/availability")).toBe("offline");
    expect(sensor.log.at("debug").findLast(({ reason }) => reason !== undefined)?.["reason"]).toBe(
      "the sensor was gone, and gives what it gave before, or eco2 400 and tvoc 0 as when it has measured nothing; if it stays so, restart the Pi, or unload its driver sgp30 and load it again",
    );
    show({ in_concentration_co2_input: "0.000584" });
    await sensor.clock.advance(600_000);
    expect(sensor.bus.retained.get("it/availability")).toBe("online");
    // Now it has measured, so what it begins with can be measured too.
    show(first);
    await sensor.clock.advance(600_000);
    expect(sensor.reading()).toEqual({ eco2: 400, tvoc: 0 });
  });
});

describe("ccs811", () => {
  const scales = { in_concentration_co2_scale: "0.000100", in_concentration_voc_scale: "0.000000100" };
  const raw = (co2: number, voc: number) => ({
    ...scales,
    in_concentration_co2_raw: `${co2}`,
    in_concentration_voc_raw: `${voc}`,
  });

  it.each([
    ["400 ppm and 0 ppb a minute after power-on", 60, 400, 0, {}],
    ["400 ppm and 1 ppb a minute after power-on", 60, 400, 1, { eco2: 400, tvoc: 1 }],
    ["400 ppm and 0 ppb after 21 minutes", 21 * 60, 400, 0, { eco2: 400, tvoc: 0 }],
    ["400 ppm and 0 ppb where nobody knows since when", undefined, 400, 0, { eco2: 400, tvoc: 0 }],
  ])("of %s publishes", async (_name, uptime, co2, voc, reading) => {
    const { tree } = part("5b", "ccs811", uptime, raw(co2, voc));
    expect((await startSensor("kind: ccs811", { files: tree })).reading()).toEqual(reading);
  });

  it("publishes fresh air when its 20 minutes are over", async () => {
    const { tree } = part("5b", "ccs811", 60, raw(400, 0));
    const sensor = await startSensor("kind: ccs811, every: 30s", { files: tree });
    await sensor.clock.advance(18 * 60_000);
    expect(sensor.bus.retained.has("it")).toBe(false);
    expect(warnings(sensor)[0]).toBe(
      "the sensor gives eco2 400 and tvoc 0, as in the first 20 min after power-on when it has measured nothing",
    );
    await sensor.clock.advance(7 * 60_000);
    expect(sensor.reading()).toEqual({ eco2: 400, tvoc: 0 });
  });
});

describe("sps30", () => {
  const clean = {
    in_massconcentration_pm1_input: "0.000000",
    in_massconcentration_pm2p5_input: "0.000000",
    in_massconcentration_pm4_input: "0.000000",
    in_massconcentration_pm10_input: "0.000000",
  };
  const none = { pm1: 0, pm25: 0, pm4: 0, pm10: 0 };

  it("publishes nothing in the 30 s after its fan was started by the first reading", async () => {
    const { tree } = part("69", "sps30", 5_000, clean);
    const sensor = await startSensor("kind: sps30, every: 10s", { files: tree });
    await sensor.clock.advance(28_000);
    expect(sensor.bus.retained.has("it")).toBe(false);
    expect(warnings(sensor)[0]).toBe(
      "the sensor warms up for 30 s after its start, and its values are wrong until then",
    );
    await sensor.clock.advance(60_000);
    expect(sensor.reading()).toEqual(none);
  });

  it("warms up again after it was gone", async () => {
    const { tree, show, unplug } = part("69", "sps30", 5_000, clean);
    const sensor = await startSensor("kind: sps30, every: 10s", { files: tree });
    await sensor.clock.advance(120_000);
    unplug();
    await sensor.clock.advance(120_000);
    show({ ...clean, in_massconcentration_pm1_input: "5.000000" });
    // It is tried again within a minute.
    await sensor.clock.advance(60_000);
    const reasons = sensor.log.at("debug").flatMap(({ reason }) => (reason === undefined ? [] : [String(reason)]));
    expect(reasons.at(-1)).toMatch(/^the sensor warms up for 30 s /);
    await sensor.clock.advance(600_000);
    expect(sensor.reading()).toMatchObject({ pm1: 5 });
  });
});

describe("veml6070", () => {
  const startOn = async (kernel: string | undefined, index: string) => {
    const { tree, show } = part("38", "veml6070", 5_000, { in_uvindex_input: index });
    if (kernel !== undefined) tree.files.set("/proc/sys/kernel/osrelease", `${kernel}\n`);
    return { show, ...(await startSensor("kind: veml6070, every: 10s", { files: tree })) };
  };

  it.each(["6.1.21-v8+", "6.6.51+rpt-rpi-v8", "6.12.47+rpt-rpi-v8", "7.0.3-v8", undefined])(
    "publishes 0 of Linux %s, as it is at night",
    async (kernel) => {
      expect((await startOn(kernel, "0")).reading()).toEqual({ uv_index: 0 });
    },
  );

  it.each(["6.13.1", "6.18.9+rpt-rpi-2712", "6.19.0"])(
    "publishes no 0 of Linux %s, whose driver may show nothing else, before it has shown something else",
    async (kernel) => {
      const { show, ...sensor } = await startOn(kernel, "0");
      await sensor.clock.advance(60_000);
      expect(sensor.bus.retained.has("it")).toBe(false);
      expect(warnings(sensor)).toEqual([
        "the driver of Linux 6.13 to 6.19 may show 0 for any light; update the system if it stays so in the sun",
      ]);
      show({ in_uvindex_input: "1" });
      await sensor.clock.advance(600_000);
      expect(sensor.reading()).toEqual({ uv_index: 1 });
      show({ in_uvindex_input: "0" });
      await sensor.clock.advance(600_000);
      expect(sensor.reading()).toEqual({ uv_index: 0 });
    },
  );
});
