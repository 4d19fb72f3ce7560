import { describe, expect, it } from "vitest";
import { Attributes } from "../../src/runtime/machine/attributes.ts";
import { FakeAttributes } from "../fakes/attributes.ts";

const path = "/sys/class/hwmon/hwmon1/temp1_input";

/** Files of drivers, and who reads them. */
function driver() {
  const kernel = new FakeAttributes();
  kernel.plug(path, "21000\n");
  return { kernel, attributes: new Attributes(kernel) };
}

/** What becomes of a reading: its text, or the code of its error. */
const result = (reading: Promise<string>) => reading.catch(({ code }: { code: string }) => code);

describe("an attribute that is read again and again", () => {
  it("is asked anew each time, and stays open from its second reading on", async () => {
    const { kernel, attributes } = driver();
    const texts: string[] = [];
    for (const text of ["21000\n", "21500\n", "", "22000\n"]) {
      kernel.say(path, text);
      texts.push(await attributes.readText(path));
    }
    expect(texts).toEqual(["21000\n", "21500\n", "", "22000\n"]);
    expect([kernel.opened, kernel.stillOpen]).toEqual([2, 1]);
  });

  it("gives the errors of its driver, and goes on after them", async () => {
    const { kernel, attributes } = driver();
    for (let times = 0; times < 2; times += 1) await attributes.readText(path);
    kernel.fail(path, "EIO");
    expect(await result(attributes.readText(path))).toBe("EIO");
    kernel.say(path, "23000\n");
    expect(await attributes.readText(path)).toBe("23000\n");
    expect(kernel.opened).toBe(2);
  });

  it("is gone when its device is, and shows the device that comes after it", async () => {
    const { kernel, attributes } = driver();
    for (let times = 0; times < 2; times += 1) await attributes.readText(path);
    kernel.unplug(path);
    expect(await result(attributes.readText(path))).toBe("ENOENT");
    expect(kernel.stillOpen).toBe(0);
    kernel.plug(path, "5000\n");
    for (let times = 0; times < 3; times += 1) expect(await attributes.readText(path)).toBe("5000\n");
  });

  it("shows at once the device that took its path between two readings", async () => {
    const { kernel, attributes } = driver();
    for (let times = 0; times < 2; times += 1) await attributes.readText(path);
    kernel.unplug(path);
    kernel.plug(path, "5000\n");
    expect(await attributes.readText(path)).toBe("5000\n");
  });

  it("gives ENODEV where its driver says so, and works again when the driver does", async () => {
    const { kernel, attributes } = driver();
    for (let times = 0; times < 2; times += 1) await attributes.readText(path);
    kernel.fail(path, "ENODEV");
    expect(await result(attributes.readText(path))).toBe("ENODEV");
    kernel.say(path, "23000\n");
    expect(await attributes.readText(path)).toBe("23000\n");
  });

  it("is opened once by many who read it at the same moment", async () => {
    const { kernel, attributes } = driver();
    const all = () => Promise.all(Array.from({ length: 20 }, () => attributes.readText(path)));
    await all();
    await all();
    const before = kernel.opened;
    expect(new Set(await all())).toEqual(new Set(["21000\n"]));
    expect([kernel.opened - before, kernel.stillOpen]).toEqual([0, 1]);
  });
});

describe("files that do not stay open", () => {
  it.each([
    ["a file of another file system", "/sys/kernel/debug/x", "1\n"],
    ["a long one", "/sys/bus/i2c/devices/1-0050/log", "7".repeat(600)],
    [
      "a counter of a network interface, whose name may pass to another one",
      "/sys/class/net/eth0/statistics/rx_bytes",
      "5\n",
    ],
    ["a file outside of /sys", "/run/level", "9\n"],
  ])("%s", async (_what, other, text) => {
    const { kernel, attributes } = driver();
    kernel.plug(other, text);
    for (let times = 0; times < 4; times += 1) expect(await attributes.readText(other)).toBe(text);
    expect(kernel.stillOpen).toBe(0);
  });

  it("what is not there", async () => {
    const { attributes } = driver();
    for (let times = 0; times < 3; times += 1) expect(await result(attributes.readText("/sys/no"))).toBe("ENOENT");
  });

  it("the oldest ones when there are many", async () => {
    const { kernel, attributes } = driver();
    for (let number = 0; number < 1_000; number += 1) {
      kernel.plug(`/sys/a${number}`, `${number}\n`);
      for (let times = 0; times < 3; times += 1)
        expect(await attributes.readText(`/sys/a${number}`)).toBe(`${number}\n`);
    }
    expect(kernel.stillOpen).toBe(256);
    expect(await attributes.readText("/sys/a0")).toBe("0\n");
  });
});
