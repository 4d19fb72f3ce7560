import { describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import { kernelPwm } from "../../src/gpio/kernel-pwm.ts";
import { Pins } from "../../src/gpio/pins.ts";
import { fakePorts } from "../fakes/benches.ts";
import { FakePwm } from "../fakes/pins/pwm.ts";

const pinsOver = (pwm: FakePwm) => new Pins([kernelPwm], "auto", fakePorts({ files: pwm }));
const said = (promise: Promise<unknown>) => promise.then(() => "nothing", explain);
const kilohertz = (duty: number) => ({ frequencyHz: 1_000, duty });

describe("the kernel's pulse trains", () => {
  it("begin with their duty, and follow each write", async () => {
    const pwm = new FakePwm();
    const line = await pinsOver(pwm).pwm(18, kilohertz(0.25));
    expect(await pwm.now("pwmchip0/pwm0", "period")).toBe("1000000");
    expect(await pwm.now("pwmchip0/pwm0", "duty_cycle")).toBe("250000");
    expect(await pwm.now("pwmchip0/pwm0", "enable")).toBe("1");
    line.write(1);
    expect(await pwm.now("pwmchip0/pwm0", "duty_cycle")).toBe("1000000");
  });

  it("turn a servo to its middle at 50 Hz", async () => {
    const pwm = new FakePwm();
    await pinsOver(pwm).pwm(19, { frequencyHz: 50, duty: 0.075 });
    expect([await pwm.now("pwmchip0/pwm1", "period"), await pwm.now("pwmchip0/pwm1", "duty_cycle")]).toEqual([
      "20000000",
      "1500000",
    ]);
  });

  it.each([
    ["faster", 50, 1_000],
    ["slower", 1_000, 50],
  ])("become %s while they run, with no pulse longer than its period", async (_what, before, after) => {
    const pwm = new FakePwm();
    await pinsOver(pwm).pwm(18, { frequencyHz: before, duty: 1 });
    await pinsOver(pwm).pwm(18, { frequencyHz: after, duty: 0.9 });
    expect(await pwm.now("pwmchip0/pwm0", "period")).toBe(String(1e9 / after));
    expect(pwm.written).not.toContain("enable=0");
  });

  it("go on with their last duty when their owner goes", async () => {
    const pwm = new FakePwm();
    const line = await pinsOver(pwm).pwm(18, kilohertz(1));
    line.write(0);
    await line.close();
    expect(await pwm.now("pwmchip0/pwm0", "duty_cycle")).toBe("0");
    expect(await pwm.now("pwmchip0/pwm0", "enable")).toBe("1");
  });
});

describe("finding the channel", () => {
  it("knows the chip by its place in the machine, whatever its number, and leaves the fan of a Pi 5 alone", async () => {
    const pwm = new FakePwm({
      pwmchip0: { node: "/axi/pcie@1000120000/rp1/pwm@9c000" },
      pwmchip7: { node: "/axi/pcie@1000120000/rp1/pwm@98000" },
    });
    await pinsOver(pwm).pwm(18, kilohertz(0.5));
    expect(await pwm.now("pwmchip7/pwm2", "enable")).toBe("1");
    expect((await pinsOver(pwm).route(19, "pwm")).look).toEqual({ name: "/sys/class/pwm/pwmchip7/pwm3" });
  });

  it("takes the chip that an overlay made for this pin", async () => {
    const pwm = new FakePwm({ pwmchip0: { node: "/soc/pwm@7e20c000" }, pwmchip1: { node: "/pwm_gpio@16", gpio: 22 } });
    await pinsOver(pwm).pwm(22, kilohertz(0.5));
    expect(await pwm.now("pwmchip1/pwm0", "enable")).toBe("1");
  });

  it("asks the device tree at which of two pins a channel comes out", async () => {
    const pwm = new FakePwm();
    pwm.files.set("/proc/device-tree/soc/gpio@7e200000/pwm_pins/brcm,pins", Uint8Array.of(0, 0, 0, 18, 0, 0, 0, 19));
    await expect(pinsOver(pwm).pwm(18, kilohertz(0.5))).resolves.toBeDefined();
    expect(await said(pinsOver(pwm).pwm(12, kilohertz(0.5)))).toContain(
      'pin 12 has no PWM channel; add "dtoverlay=pwm-2chan,pin=12,func=4,pin2=13,func2=4" to /boot/firmware/config.txt and reboot',
    );
  });
});

describe("what it refuses", () => {
  it("is a pin without a channel, with the overlay that gives it one", async () => {
    expect(await said(pinsOver(new FakePwm()).pwm(22, kilohertz(0.5)))).toContain(
      'kernel-pwm: pin 22 has no PWM channel; add "dtoverlay=pwm-gpio,gpio=22" to /boot/firmware/config.txt and reboot',
    );
  });

  it("is a machine without any, with the overlay to add", async () => {
    expect(await said(pinsOver(new FakePwm({})).pwm(18, kilohertz(0.5)))).toContain(
      'there is no PWM chip in /sys/class/pwm; add "dtoverlay=pwm-2chan"',
    );
  });

  it("is a frequency that the chip cannot make", async () => {
    expect(await said(pinsOver(new FakePwm()).pwm(18, { frequencyHz: 0.5, duty: 0.5 }))).toBe(
      "pin 18 cannot have 0.5 pulses per second; choose another frequency",
    );
  });
});
