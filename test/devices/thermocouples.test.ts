import { describe, expect, it } from "vitest";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { type FakeFile, FakeTree, systemError } from "../fakes/tree.ts";

const device = "/sys/bus/spi/devices/spi0.0";

/** A thermocouple's part as its driver shows it. */
async function start(kind: string, files: Readonly<Record<string, FakeFile>>) {
  const tree = new FakeTree({ [`${device}/modalias`]: `spi:${kind}\n` });
  for (const [name, file] of Object.entries({ name: "a driver\n", ...files }))
    tree.files.set(`${device}/iio:device0/${name}`, file);
  const sensor = await startSensor(`kind: ${kind}, every: 10s`, { files: tree });
  await sensor.clock.advance(60_000);
  return { ...sensor, tree };
}

const fails = (code: string) => () => {
  throw systemError(code);
};
const scales = { in_temp_scale: "250\n", in_temp_ambient_scale: "62.500000\n" };

describe("no temperature comes", () => {
  it.each([
    [
      "max31855",
      "an open thermocouple",
      { in_temp_raw: fails("EINVAL"), in_temp_ambient_raw: fails("EINVAL"), ...scales },
      "the thermocouple is not connected, or it touches ground or the supply; check its wires",
    ],
    [
      "max31855",
      "a data line that nobody drives",
      { in_temp_raw: "0\n", in_temp_ambient_raw: "0\n", ...scales },
      "the sensor gave only zeros; check its wiring and its supply",
    ],
    [
      "max6675",
      "an open thermocouple",
      { in_temp_raw: fails("EINVAL") },
      "the thermocouple is not connected; check its wires",
    ],
    [
      "max6675",
      "a data line that nobody drives",
      { in_temp_raw: "0\n", ...scales },
      "the sensor gave only zeros, or its thermocouple has 0 °C or less; check its wiring and its supply",
    ],
    [
      "max31856",
      "an open thermocouple",
      { fault_oc: "1\n", fault_ovuv: "0\n", in_temp_raw: fails("EIO"), in_temp_ambient_raw: fails("EIO") },
      "the thermocouple is not connected; check its wires",
    ],
    [
      "max31856",
      "a voltage that is too high",
      { fault_oc: "0\n", fault_ovuv: "1\n", in_temp_raw: fails("EIO"), in_temp_ambient_raw: fails("EIO") },
      "the thermocouple's voltage is too high or too low; look for a wire that touches the supply or ground",
    ],
    [
      "max31856",
      "a data line that nobody drives",
      { fault_oc: "0\n", fault_ovuv: "0\n", in_temp_raw: "0\n", in_temp_ambient_raw: "0\n" },
      "the sensor gave only zeros; check its wiring and its supply",
    ],
  ])("from a %s for %s", async (kind, _what, files, sentence) => {
    const sensor = await start(kind, files as Readonly<Record<string, FakeFile>>);
    expect(sensor.bus.on("it")).toEqual([]);
    expect(warnings(sensor)).toEqual([sentence]);
    expect(sensor.bus.retained.get("it/availability")).toBe("offline");
  });
});

it("a thermocouple of exactly 0 °C is believed where the part itself is warm", async () => {
  const sensor = await start("max31855", { in_temp_raw: "0\n", in_temp_ambient_raw: "320\n", ...scales });
  expect(sensor.reading()).toEqual({ temperature: 0, reference_temperature: 20 });
});

it("a thermocouple that is connected again is read again", async () => {
  const sensor = await start("max6675", { in_temp_raw: fails("EINVAL"), ...scales });
  sensor.tree.files.set(`${device}/iio:device0/in_temp_raw`, "100\n");
  await sensor.clock.advance(300_000);
  expect(sensor.reading()).toEqual({ temperature: 25 });
  expect(sensor.bus.retained.get("it/availability")).toBe("online");
});
