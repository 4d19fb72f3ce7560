import { describe, expect, it } from "vitest";
import { explain } from "../../../src/core/errors.ts";
import type { Driver } from "../../../src/core/readers/driver.ts";
import { findPart } from "../../../src/core/readers/find-part.ts";
import { FakeTree } from "../../fakes/tree.ts";

const driver: Driver = {
  subsystem: "iio",
  module: "mcp320x",
  names: ["mcp3008"],
  overlay: "mcp3008,spi0-0-present",
  addresses: [],
};

const root = "/sys/bus/spi/devices";
const converter = (device: string, number: number) => ({
  [`${root}/${device}/modalias`]: "spi:mcp3008\n",
  [`${root}/${device}/iio:device${number}/name`]: "mcp3008\n",
});
const spidev = { [`${root}/spi0.0/modalias`]: "spi:spidev\n" };

const found = (files: Record<string, string>, device?: string) =>
  findPart(new FakeTree(files), driver, { device }).catch(explain);

describe("a part on SPI", () => {
  it("is found by its driver's name, beside other devices", async () => {
    expect(await found({ ...spidev, ...converter("spi0.1", 4) })).toBe(`${root}/spi0.1/iio:device4`);
  });

  it("is found by its device where there are two", async () => {
    const two = { ...converter("spi0.0", 0), ...converter("spi1.2", 1) };
    expect(await found(two, "spi1.2")).toBe(`${root}/spi1.2/iio:device1`);
    expect(await found(two)).toBe("there are two at spi0.0 and spi1.2; choose one by device");
  });

  const add = (line: string) => `add "dtoverlay=${line}" to /boot/firmware/config.txt`;

  it.each([
    ["nothing", {}, undefined, `the kernel shows no mcp3008 on SPI; ${add("mcp3008,spi0-0-present")} and reboot`],
    [
      "nothing at the device",
      {},
      "spi0.1",
      `the kernel shows no mcp3008 at spi0.1; ${add("mcp3008,spi0-1-present")} and reboot`,
    ],
    [
      "nothing on the second bus",
      {},
      "spi1.2",
      `the kernel shows no mcp3008 at spi1.2; ${add("mcp3008,spi1-2-present")}, after the line "dtoverlay=spi1-3cs", and reboot`,
    ],
    [
      "another",
      spidev,
      "spi0.0",
      `the kernel has spidev at spi0.0, not mcp3008; ${add("mcp3008,spi0-0-present")} and reboot`,
    ],
    [
      "one that its driver refused",
      { [`${root}/spi0.0/modalias`]: "spi:mcp3008\n" },
      undefined,
      "the kernel's driver mcp320x found no mcp3008 at spi0.0; check its wiring and its supply, then reboot; dmesg says more",
    ],
  ])("is told of where there is %s", async (_what, files, device, sentence) => {
    expect(await found(files, device)).toBe(sentence);
  });
});
