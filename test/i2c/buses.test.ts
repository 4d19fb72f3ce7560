import { describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import { machineBuses } from "../../src/i2c/buses.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { FakeI2cDev } from "../fakes/i2c/i2c-dev.ts";
import { RegisterPart } from "../fakes/i2c/parts.ts";

const said = (promise: Promise<unknown>) => promise.then(() => "nothing", explain);

/** A machine whose bus 1 has a part at 0x29 with these registers. */
function bench({ machine = "aarch64" } = {}) {
  const device = new FakeI2cDev();
  const part = new RegisterPart({ powerOn: { 16: 7, 17: 8, 18: 9 } });
  device.parts.set(0x29, part);
  const clock = new FakeClock();
  const buses = machineBuses({ machine, load: async () => device.koffi.module, files: device, clock });
  return { device, part, clock, buses };
}

describe.each([8, 4])("a transaction in a process with pointers of %i bytes", (pointerBytes) => {
  it("writes, then reads after a repeated start, as one for the kernel", async () => {
    const { device, buses } = bench();
    device.koffi.pointerBytes = pointerBytes;
    const part = await buses.open(1, 0x29);
    expect([...(await part.transfer([0x11], 2))]).toEqual([8, 9]);
    expect(device.seen).toEqual([{ address: 0x29, wrote: [0x11], read: 2 }]);
  });

  it("may only write, or only read", async () => {
    const { device, part: registers, buses } = bench();
    device.koffi.pointerBytes = pointerBytes;
    const part = await buses.open(1, 0x29);
    expect([...(await part.transfer([0x10, 1, 2], 0))]).toEqual([]);
    expect([...(await part.transfer([], 1))]).toEqual([9]);
    expect(registers.written).toEqual([
      { register: 0x10, value: 1 },
      { register: 0x11, value: 2 },
    ]);
  });
});

describe("several parts of a bus", () => {
  it("are spoken to one after the other, through one file", async () => {
    const { device, buses } = bench();
    const [one, other] = [await buses.open(1, 0x29), await buses.open(1, 0x29)];
    const answers = await Promise.all([one.transfer([0x10], 1), other.transfer([0x11], 1), one.transfer([0x12], 1)]);
    expect(answers.map(([byte]) => byte)).toEqual([7, 8, 9]);
    expect([device.mostAtOnce, device.open.size]).toEqual([1, 1]);
  });

  it("give the file back at the end", async () => {
    const { device, buses } = bench();
    await (await buses.open(1, 0x29)).transfer([0x10], 1);
    buses.close();
    await settled();
    expect(device.open.size).toBe(0);
  });
});

describe("a bus that hangs", () => {
  it("fails its transactions in three seconds, and begins no other until the first has ended", async () => {
    const { device, clock, buses } = bench();
    const part = await buses.open(1, 0x29);
    device.hangs = true;
    const failures = [said(part.transfer([0x10], 1)), said(part.transfer([0x11], 1))];
    await clock.advance(2_999);
    let isOver = false;
    void failures[0]?.then(() => {
      isOver = true;
    });
    await settled();
    expect(isOver).toBe(false);
    await clock.advance(1);
    expect(await Promise.all(failures)).toEqual(
      Array(2).fill(
        "I2C bus 1 hangs: it has not answered in time; a part may hold one of the two wires low; switch its supply off and on, and check the wires",
      ),
    );
    expect(device.mostAtOnce).toBe(1);
    device.release();
    const later = part.transfer([0x12], 1);
    expect([...(await later)]).toEqual([9]);
    // The second one was given up before it began.
    expect(device.seen.map(({ wrote }) => wrote)).toEqual([[0x10], [0x12]]);
    expect(clock.pending).toBe(0);
  });
});

describe("what is said", () => {
  it.each([
    [{}, 2, "there is no I2C bus 2; bus 1 is that of pins 3 and 5; if you mean another one, add its overlay"],
    [{ openFails: "ENOENT" }, 1, 'the kernel has I2C bus 1, but there is no /dev/i2c-1; run "sudo modprobe i2c-dev"'],
    [{ openFails: "EACCES" }, 1, "/dev/i2c-1 may not be opened by this user; put the user into the group i2c"],
  ] as const)("where the bus cannot be opened (%o)", async (fault, bus, sentence) => {
    const { device, buses } = bench();
    Object.assign(device, fault);
    expect(await said(buses.open(bus, 0x29))).toContain(sentence);
  });

  it("where the bus is not switched on", async () => {
    const { device, buses } = bench();
    device.openFails = "ENOENT";
    device.files.clear();
    expect(await said(buses.open(1, 0x29))).toBe(
      'there is no I2C bus 1; run "sudo raspi-config nonint do_i2c 0", or add "dtparam=i2c_arm=on" to /boot/firmware/config.txt and "i2c-dev" to /etc/modules, and reboot',
    );
  });

  it("where a driver of the kernel holds the address", async () => {
    const { device, buses } = bench();
    device.hold(0x29, "tsl2563");
    expect(await said(buses.open(1, 0x29))).toBe(
      "the kernel's driver for tsl2563 holds 0x29 on I2C bus 1; take its overlay out of /boot/firmware/config.txt and reboot, or use the kind that reads it through the kernel",
    );
    expect(device.seen).toEqual([]);
  });

  it.each([
    ["EREMOTEIO", "nothing answers at 0x29 on I2C bus 1 (EREMOTEIO); check its wiring, its supply and its address"],
    ["ENXIO", "nothing answers at 0x29 on I2C bus 1 (ENXIO); check its wiring"],
    ["ETIMEDOUT", "I2C bus 1 is stuck (ETIMEDOUT); a part may hold one of the two wires low"],
    ["EOPNOTSUPP", "I2C bus 1 cannot send plain messages; connect the part to the bus of pins 3 and 5"],
  ] as const)("when a transaction fails with %s", async (code, sentence) => {
    const { device, buses } = bench();
    const part = await buses.open(1, 0x29);
    device.transferFails = code;
    expect(await said(part.transfer([0x10], 1))).toContain(sentence);
    device.transferFails = undefined;
    expect([...(await part.transfer([0x10], 1))]).toEqual([7]);
  });

  it("when the part is unplugged", async () => {
    const { part: registers, buses } = bench();
    const part = await buses.open(1, 0x29);
    registers.answers = false;
    expect(await said(part.transfer([0x10], 1))).toContain("nothing answers at 0x29 on I2C bus 1");
  });

  it("on a processor without koffi, which is not loaded there", async () => {
    const { buses } = bench({ machine: "armv6l" });
    expect(await said(buses.open(1, 0x29))).toBe(
      "the package koffi has no build for this processor (ARMv6); this Pi can only read parts for which the kernel has a driver",
    );
  });
});

it("opens the bus anew after it was taken away", async () => {
  const { device, buses } = bench();
  const part = await buses.open(1, 0x29);
  device.transferFails = "ENODEV";
  expect(await said(part.transfer([0x10], 1))).toContain("I2C bus 1 is gone");
  expect(device.open.size).toBe(0);
  device.transferFails = undefined;
  expect([...(await part.transfer([0x10], 1))]).toEqual([7]);
});
