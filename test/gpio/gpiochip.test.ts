import { describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import { gpiochip } from "../../src/gpio/gpiochip.ts";
import { onoff } from "../../src/gpio/onoff.ts";
import { Pins } from "../../src/gpio/pins.ts";
import { fakePorts, gpiochipBench, inTime } from "../fakes/benches.ts";
import { startHouse } from "../fakes/house.ts";
import { FakeGpiochip } from "../fakes/pins/gpiochip.ts";
import { FakeSysfs } from "../fakes/pins/sysfs.ts";
import { said } from "./gpiochip-words.ts";

const off = { initial: 0, keep: false } as const;

function opening(chip: FakeGpiochip, some: Parameters<typeof fakePorts>[0] = {}) {
  return gpiochip.open(fakePorts({ files: chip, clock: chip.clock, load: async () => chip.koffi, ...some }));
}

describe("finding the chip", () => {
  it.each(["pinctrl-bcm2835", "pinctrl-bcm2711", "pinctrl-rp1"])("knows the label %s", async (label) => {
    expect((await opening(new FakeGpiochip({ label }))).description).toBe(`${label} at /dev/gpiochip0`);
  });

  it("takes the chip that the user names", async () => {
    const chip = new FakeGpiochip({ label: "sunxi" });
    expect((await opening(chip, { chip: "sunxi" })).description).toBe("sunxi at /dev/gpiochip0");
    expect(await said(opening(chip))).toBe(
      'none of the GPIO chips "sunxi" is a Raspberry Pi\'s; name the right one in gpio.chip',
    );
  });

  it("waits for udev, and says at last which group is missing", async () => {
    const chip = new FakeGpiochip();
    chip.forbiddenUntilMs = 500;
    await expect(inTime(chip.clock, opening(chip))).resolves.toBeDefined();
    chip.forbiddenUntilMs = Number.POSITIVE_INFINITY;
    expect(await said(inTime(chip.clock, opening(chip)))).toMatch(
      /^\/dev\/gpiochip0 may not be opened by this user; put the user into the group gpio \("sudo usermod/,
    );
  });

  it("says so where there is none", async () => {
    const chip = new FakeGpiochip();
    chip.unplug();
    expect(await said(opening(chip))).toBe("there is no GPIO chip in /dev");
  });
});

describe("where it cannot work", () => {
  it("does not load koffi on ARMv6, where it would end the process", async () => {
    const load = () => Promise.reject(new Error("loaded"));
    expect(await said(opening(new FakeGpiochip(), { machine: "armv6l", load }))).toBe(
      "the package koffi has no build for this processor (ARMv6); onoff serves this Pi",
    );
  });

  it("says what to do when koffi is not there", async () => {
    const load = () => Promise.reject(new Error("Cannot find module 'koffi'\nRequire stack: ..."));
    expect(await said(opening(new FakeGpiochip(), { load }))).toBe(
      "the package koffi cannot be loaded (Cannot find module 'koffi'); run \"npm install\" again without --omit=optional",
    );
  });
});

it("writes without opening a file or waiting for a timer", async () => {
  const { start, chip, level } = gpiochipBench();
  const line = await start().output(17, off);
  chip.failing.set("open", "EIO");
  const timers = chip.clock.pending;
  for (const next of [1, 0, 1] as const) {
    line.write(next);
    expect(level(17)).toBe(next);
  }
  expect(chip.clock.pending).toBe(timers);
});

describe("faults", () => {
  it.each([
    ["EIO", /^pin 17 failed \(EIO\); the chip did not do it; "sudo dmesg/],
    ["EPERM", /^pin 17 is no longer an output; /],
    ["ENODEV", /^pin 17 was taken away; /],
  ] as const)("are told with what to do: %s", async (code, sentence) => {
    const { start, chip } = gpiochipBench();
    const line = await start().output(17, off);
    chip.failing.set("ioctl", code);
    let told = "";
    try {
      line.write(1);
    } catch (error) {
      told = explain(error);
    }
    expect(told).toMatch(sentence);
  });

  it("refuse a pin that the chip does not have", async () => {
    expect(await said(gpiochipBench().start().output(58, off))).toBe("pinctrl-bcm2711 has no pin 58, only 0 to 57");
  });

  it("leave no file open when a claim fails half-way", async () => {
    const chip = new FakeGpiochip();
    const pins = gpiochipBench(chip).start();
    chip.line(17).consumer = "spi0 CS0";
    expect(await said(pins.output(17, { initial: 0, keep: true }))).toMatch(
      /^pin 17 is held by "spi0 CS0"; stop that program; if it is a driver/,
    );
    expect(chip.requests.size).toBe(0);
  });
});

it("leaves a pin that was exported to onoff, so that what an earlier run left is taken up without a click", async () => {
  const chip = new FakeGpiochip();
  chip.line(17).consumer = "sysfs";
  const sysfs = new FakeSysfs();
  sysfs.export(529);
  Object.assign(sysfs.line(529), { direction: "out", levels: [1] });
  for (const [path, text] of sysfs.files) chip.files.set(path, text);
  const load = async (name: string) => (name === "koffi" ? chip.koffi : sysfs.onoff);
  const ports = fakePorts({ files: chip, clock: chip.clock, load });
  const pins = new Pins([gpiochip, onoff], "auto", ports);
  const line = await pins.output(17, { initial: 0, keep: true });
  expect(line.read()).toBe(1);
  expect(sysfs.line(529).levels).toEqual([1]);
  expect((await pins.route(17, "output")).passedOver).toMatchObject([
    { backend: "gpiochip", reason: expect.stringMatching(/^pin 17 is held by "sysfs"; it was exported/) },
  ]);
});

it("takes a device offline with the name of who holds its pin, and back when it is free; others go on", async () => {
  const chip = new FakeGpiochip();
  chip.line(17).consumer = "gpioset";
  const yaml =
    "devices:\n  lamp: {kind: relay, topic: lamp, pin: 17}\n  fan: {kind: relay, topic: fan, pin: 18}\n  door: {kind: contact, topic: door, pin: 5}\n";
  const { bus, clock, log } = await startHouse(yaml, { bank: await opening(chip), clock: chip.clock });
  await clock.advance(100);
  expect(["lamp", "fan", "door"].map((topic) => bus.retained.get(`${topic}/availability`))).toEqual([
    "offline",
    "online",
    "online",
  ]);
  await clock.advance(300_000);
  expect(log.at("warn")).toMatchObject([{ device: "lamp", reason: expect.stringContaining('is held by "gpioset"') }]);
  chip.line(17).consumer = "";
  await clock.advance(60_000);
  expect(bus.retained.get("lamp/availability")).toBe("online");
  bus.receive("lamp", "on");
  expect(chip.level(17)).toBe(1);
});
