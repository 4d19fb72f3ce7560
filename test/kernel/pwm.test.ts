import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CannotServe, type GpioBank, type GpioPorts, type PwmRequest } from "../../src/core/hardware/gpio.ts";
import { silentLog } from "../../src/core/log/log.ts";
import { systemClock } from "../../src/core/time/clock.ts";
import { kernelPwm } from "../../src/gpio/kernel-pwm.ts";
import { machineFiles } from "../../src/runtime/machine/files.ts";
import { plugInPwm, pulseTrain } from "./pwm-sim.ts";

const ports: GpioPorts = {
  files: machineFiles,
  clock: systemClock,
  log: silentLog,
  chip: undefined,
  pigpiod: { host: "localhost", port: 8888 },
  machine: "aarch64",
  isRoot: true,
  load: () => Promise.reject(new Error("no package")),
};

describe("the kernel's own PWM on a Pi 4 with dtoverlay=pwm-2chan", () => {
  let unplug: () => void;
  let bank: GpioBank;
  const claim = async (pin: number, request: PwmRequest) => {
    const line = await bank.pwm?.(pin, request);
    if (line === undefined) throw new Error("kernel-pwm has no pulses");
    return line;
  };

  beforeEach(async () => {
    unplug = plugInPwm();
    bank = await kernelPwm.open(ports);
  });

  afterEach(async () => {
    await bank.close();
    unplug();
  });

  it("gives pulses of the wanted frequency and share, and changes the share", async () => {
    const line = await claim(18, { frequencyHz: 1_000, duty: 0.25 });
    expect(pulseTrain(0)).toEqual({ periodNs: 1_000_000, dutyNs: 250_000, isEnabled: true });
    line.write(1);
    expect(pulseTrain(0)).toEqual({ periodNs: 1_000_000, dutyNs: 1_000_000, isEnabled: true });
    await line.close();
  });

  it("goes from slow to fast and back, where the kernel refuses pulses longer than their period", async () => {
    for (const frequencyHz of [50, 25_000, 50]) {
      const line = await claim(19, { frequencyHz, duty: 1 });
      const periodNs = 1e9 / frequencyHz;
      expect(pulseTrain(1)).toEqual({ periodNs, dutyNs: periodNs, isEnabled: true });
      await line.close();
    }
  });

  it("leaves the train at its last share when the line is closed", async () => {
    const line = await claim(18, { frequencyHz: 100, duty: 0.5 });
    line.write(0);
    await line.close();
    expect(pulseTrain(0)).toMatchObject({ dutyNs: 0 });
  });

  it("knows which pins have none, and the line for config.txt that gives them one", async () => {
    const refusal = await claim(12, { frequencyHz: 50, duty: 0 }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(CannotServe);
    expect(refusal).toMatchObject({ hint: expect.stringContaining("dtoverlay=pwm-2chan,pin=12,func=4") });
  });
});
