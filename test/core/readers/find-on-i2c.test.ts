import { describe, expect, it } from "vitest";
import { explain } from "../../../src/core/errors.ts";
import type { Driver } from "../../../src/core/readers/driver.ts";
import { findPart } from "../../../src/core/readers/find-part.ts";
import { FakeTree } from "../../fakes/tree.ts";

const driver: Driver = {
  subsystem: "iio",
  module: "bmp280",
  names: ["bme280"],
  overlay: "i2c-sensor,bme280",
  hasAddr: true,
  addresses: [0x76, 0x77],
};

const device = (name: string) => `/sys/bus/i2c/devices/${name}`;
const named = (name: string, part = "bme280") => ({ [`${device(name)}/name`]: `${part}\n` });
const shown = (name: string, number: number) => ({
  ...named(name),
  [`${device(name)}/iio:device${number}/name`]: "bme280\n",
});

const found = (files: Record<string, string>, address?: number, bus = 1, of: Partial<Driver> = {}) =>
  findPart(new FakeTree(files), { ...driver, ...of }, { bus, address }).catch(explain);

describe("a part on I2C", () => {
  it("is found at whichever of its addresses it is, whatever number its files have", async () => {
    expect(await found(shown("1-0076", 0))).toBe(`${device("1-0076")}/iio:device0`);
    expect(await found(shown("1-0077", 12))).toBe(`${device("1-0077")}/iio:device12`);
  });

  it("is found on the bus that is asked for only", async () => {
    expect(await found(shown("3-0076", 1), undefined, 3)).toBe(`${device("3-0076")}/iio:device1`);
    expect(await found(shown("3-0076", 1))).toMatch(/^the kernel shows no bme280 at 0x76 or 0x77 on I2C bus 1; /);
  });

  it("is found where another part, or a driver without its sensor, has its other address", async () => {
    const good = `${device("1-0077")}/iio:device1`;
    expect(await found({ ...named("1-0076", "bmp280"), ...shown("1-0077", 1) })).toBe(good);
    expect(await found({ ...named("1-0076"), ...shown("1-0077", 1) })).toBe(good);
  });

  it("is chosen by its address where there are two", async () => {
    const two = { ...shown("1-0076", 0), ...shown("1-0077", 1) };
    expect(await found(two)).toBe("there are two at 0x76 and 0x77; choose one by address");
    expect(await found(two, 0x77)).toBe(`${device("1-0077")}/iio:device1`);
  });

  it("is found as a hwmon device below its folder hwmon", async () => {
    const files = { ...named("1-0076"), [`${device("1-0076")}/hwmon/hwmon3/temp1_input`]: "1\n" };
    expect(await found(files, undefined, 1, { subsystem: "hwmon" })).toBe(`${device("1-0076")}/hwmon/hwmon3`);
  });

  it.each([
    [
      "another part at its address",
      named("1-0076", "bmp280"),
      "the kernel has bmp280 at 0x76, not bme280; write the kind or the address of the part that is there",
    ],
    [
      "a driver that found no sensor",
      named("1-0076"),
      "the kernel's driver bmp280 found no bme280 at 0x76; check its wiring and its supply, then reboot; dmesg says more",
    ],
    [
      "nothing",
      {},
      'the kernel shows no bme280 at 0x76 or 0x77 on I2C bus 1; add "dtoverlay=i2c-sensor,bme280" to /boot/firmware/config.txt and reboot',
    ],
  ])("is told of where there is %s", async (_what, files, sentence) => {
    expect(await found(files)).toBe(sentence);
  });

  it.each([
    [[0x40, 0x41, 0x42, 0x43], "0x40 to 0x43"],
    [[0x4b, 0x48, 0x49, 0x4a], "0x4b or another of 0x48 to 0x4b"],
    [[0x29, 0x39, 0x49, 0x59], "0x29 or 0x39 or 0x49 or 0x59"],
  ])("that can have many addresses is told of by their range", async (addresses, range) => {
    expect(await found({}, undefined, 1, { addresses })).toMatch(
      new RegExp(`^the kernel shows no bme280 at ${range} on I2C bus 1; `),
    );
  });

  const tee = (word: string, bus: number) =>
    `run "echo ${word} | sudo tee /sys/bus/i2c/devices/i2c-${bus}/new_device" at each boot`;
  const add = (line: string) => `add "dtoverlay=${line}" to /boot/firmware/config.txt and reboot`;

  it.each<[string, number, number, Partial<Driver>, string]>([
    ["at its other address", 0x77, 1, {}, add("i2c-sensor,bme280,addr=0x77")],
    ["on another bus", 0x76, 3, {}, add("i2c-sensor,bme280,i2c3")],
    ["at its other address on another bus", 0x77, 0, {}, add("i2c-sensor,bme280,addr=0x77,i2c0")],
    ["on a bus behind a multiplexer", 0x77, 22, {}, `its overlay has no such place: ${tee("bme280 0x77", 22)}`],
    [
      "at an address that its overlay cannot have",
      0x77,
      1,
      { hasAddr: false },
      `its overlay has no such place: ${tee("bme280 0x77", 1)}`,
    ],
    ["without an overlay", 0x76, 3, { overlay: undefined as never }, `it has no overlay: ${tee("bme280 0x76", 3)}`],
    ["that needs a newer kernel", 0x76, 1, { since: "6.8" }, `${add("i2c-sensor,bme280")}, with Linux 6.8 or newer`],
  ])("is made to appear %s by what the sentence says", async (_what, address, bus, of, hint) => {
    expect(String(await found({}, address, bus, of)).split("; ")[1]).toBe(hint);
  });
});
