import { describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import { kernelPwm } from "../../src/gpio/kernel-pwm.ts";
import { Pins } from "../../src/gpio/pins.ts";
import { driveToRest } from "../../src/safe-state.ts";
import { fakePorts } from "../fakes/benches.ts";
import { FakeClock } from "../fakes/clock.ts";
import { FakeLog } from "../fakes/log.ts";
import { FakePwm } from "../fakes/pins/pwm.ts";
import { device } from "../wiring/devices.ts";

const header = { node: "/soc/pwm@7e20c000" };
const dimmer = (address: string) => ({ node: `/soc/i2c@7e804000/pwm@${address}`, device: `1-00${address}` });
const machine = () => new FakePwm({ pwmchip0: header, pwmchip3: dimmer("40"), pwmchip4: dimmer("41") });
const dimmers = { name: "dimmers", label: "pca9685", address: 0x41 };
const pinsOver = (pwm: FakePwm) => new Pins([kernelPwm], "auto", fakePorts({ files: pwm }), [dimmers]);
const said = (promise: Promise<unknown>) => promise.then(() => "nothing", explain);

describe("a pulse train on another chip", () => {
  it("is a channel of the chip at that address, whatever its number", async () => {
    const pwm = machine();
    const line = await pinsOver(pwm).pwm("dimmers/15", { frequencyHz: 1_000, duty: 0.25 });
    expect(await pwm.now("pwmchip4/pwm15", "duty_cycle")).toBe("250000");
    line.write(1);
    expect(await pwm.now("pwmchip4/pwm15", "duty_cycle")).toBe("1000000");
    expect((await pinsOver(pwm).route("dimmers/2", "pwm")).look.name).toBe("/sys/class/pwm/pwmchip4/pwm2");
  });

  it("leaves the header's channel of the same number alone", async () => {
    const pwm = machine();
    const pins = pinsOver(pwm);
    await pins.pwm("dimmers/0", { frequencyHz: 1_000, duty: 0.5 });
    await pins.pwm(18, { frequencyHz: 50, duty: 0.1 });
    expect([await pwm.now("pwmchip0/pwm0", "period"), await pwm.now("pwmchip4/pwm0", "period")]).toEqual([
      "20000000",
      "1000000",
    ]);
  });

  it("has the frequency of all others of its chip, and says so", async () => {
    const pins = pinsOver(machine());
    await pins.pwm("dimmers/0", { frequencyHz: 50, duty: 0.1 });
    await expect(pins.pwm("dimmers/1", { frequencyHz: 50, duty: 0.2 })).resolves.toBeDefined();
    expect(await said(pins.pwm("dimmers/2", { frequencyHz: 1_000, duty: 0.1 }))).toBe(
      "pin dimmers/2 cannot have 1000 pulses per second, because its chip has one frequency for all channels and another one is in use; give all devices of the chip the same frequency",
    );
  });

  it("is brought to rest at the frequency that its chip has", async () => {
    const pwm = machine();
    for (const channel of [0, 1]) await pinsOver(pwm).pwm(`dimmers/${channel}`, { frequencyHz: 50, duty: 0.1 });
    const lights = [device("a", "light", { pin: "dimmers/0" }), device("b", "light", { pin: "dimmers/1" })];
    const ports = { pins: pinsOver(pwm), clock: new FakeClock(), log: new FakeLog() };
    expect(await driveToRest(lights, ports)).toBe(true);
    for (const channel of [0, 1])
      expect([
        await pwm.now(`pwmchip4/pwm${channel}`, "period"),
        await pwm.now(`pwmchip4/pwm${channel}`, "duty_cycle"),
      ]).toEqual(["20000000", "0"]);
  });

  it("is not there without its chip, and the overlay that makes that is told", async () => {
    expect(await said(pinsOver(new FakePwm()).pwm("dimmers/0", { frequencyHz: 50, duty: 0 }))).toContain(
      'there is no chip pca9685 at 0x41 for "dimmers"; add "dtoverlay=i2c-pwm-pca9685a,addr=0x41" to /boot/firmware/config.txt and reboot',
    );
  });

  it("cannot be a channel that the chip does not have", async () => {
    expect(await said(pinsOver(machine()).pwm("dimmers/17", { frequencyHz: 50, duty: 0 }))).toBe(
      "/sys/class/pwm/pwmchip4 has no channel 17, only 0 to 16",
    );
  });
});
