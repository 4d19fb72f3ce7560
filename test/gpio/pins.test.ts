import { describe, expect, it } from "vitest";
import { explain, UserError } from "../../src/core/errors.ts";
import { CannotServe, type GpioBackend, type GpioBank } from "../../src/core/hardware/gpio.ts";
import { Pins } from "../../src/gpio/pins.ts";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { fakePorts, pinsOver } from "../fakes/benches.ts";

const off = { initial: 0, keep: false } as const;
const half = { frequencyHz: 1_000, duty: 0.5 };

/** A backend that `auto` takes for outputs and pulse trains. */
function backend(name: string, open: () => Promise<GpioBank>): GpioBackend {
  return { name, summary: "", uses: { output: [], pwm: [] }, automaticFor: ["output", "pwm"], open };
}
const closed = (name: string, reason: string) => backend(name, () => Promise.reject(new UserError(reason)));
const opened = (name: string, bank: Partial<GpioBank> = {}) =>
  backend(name, async () => ({ ...simulatedBank(), ...bank, description: `the bank of ${name}` }));
const said = (promise: Promise<unknown>) => promise.then(() => "nothing", explain);

describe("auto", () => {
  it("takes the first backend that opens, and says so once", async () => {
    const ports = fakePorts();
    const pins = new Pins([closed("one", "not built"), opened("two"), opened("three")], "auto", ports);
    await Promise.all([pins.output(17, off), pins.output(27, off)]);
    expect(ports.log.at("info")).toMatchObject([{ backend: "two", gpio: "the bank of two" }]);
    expect(pins.opened).toEqual({ two: "the bank of two" });
  });

  it("chooses per pin and use: another backend for what the first cannot serve", async () => {
    const first = opened("one", {
      pwm: (pin) => Promise.reject(new CannotServe(`there is no PWM channel on pin ${pin}`)),
    });
    const pins = new Pins([first, opened("two")], "auto", fakePorts());
    await pins.pwm(22, half);
    await pins.output(17, off);
    expect((await pins.route(22, "output")).backend.name).toBe("one");
    const bank = await first.open(fakePorts());
    await expect(bank.pwm?.(22, half)).rejects.toThrow(CannotServe);
  });

  it("does not try another way to a pin that somebody holds", async () => {
    let tried = 0;
    const first = opened("one", { output: () => Promise.reject(new UserError('pin 17 is held by "gpioset"')) });
    const second = opened("two", {
      output: () => {
        tried += 1;
        return Promise.reject(new Error("moved"));
      },
    });
    const pins = new Pins([first, second], "auto", fakePorts());
    expect(await said(pins.output(17, off))).toBe('pin 17 is held by "gpioset"');
    expect(tried).toBe(0);
  });

  it("tells all reasons when no way leads to the pin", async () => {
    const cannot = opened("two", { output: () => Promise.reject(new CannotServe("only pins 12 and 13")) });
    const pins = new Pins([closed("one", "not built"), cannot], "auto", fakePorts());
    expect(await said(pins.output(17, off))).toBe(
      "no way leads to pin 17 as output (one: not built; two: only pins 12 and 13); run with --simulate to try without hardware",
    );
  });

  it("tries a backend again that could not be opened the first time", async () => {
    let isReady = false;
    const late = backend("late", async () => {
      if (!isReady) throw new UserError("not ready");
      return simulatedBank();
    });
    const pins = new Pins([late], "auto", fakePorts());
    expect(await said(pins.output(17, off))).toMatch(/late: not ready/);
    isReady = true;
    await expect(pins.output(17, off)).resolves.toBeDefined();
  });
});

describe("a backend that was named", () => {
  it("is the only one that is tried", async () => {
    const pins = new Pins([opened("one"), closed("two", "not root")], "two", fakePorts());
    expect(await said(pins.output(17, off))).toMatch(/^no way leads to pin 17 as output \(two: not root\)/);
  });
});

it("shows the way to a pin without claiming it", async () => {
  const bank = simulatedBank();
  const look = async () => ({ name: "GPIO17", consumer: "sysfs" });
  const pins = new Pins([closed("one", "not built"), opened("two", { ...bank, look })], "auto", fakePorts());
  const route = await pins.route(17, "output");
  expect(route).toMatchObject({
    backend: { name: "two" },
    look: { name: "GPIO17", consumer: "sysfs" },
    passedOver: [{ backend: "one", reason: "not built" }],
  });
  expect(bank.history(17)).toEqual([]);
});

it("lets a pin be claimed anew when closing it failed", async () => {
  const bank = simulatedBank();
  const output: typeof bank.output = async (pin, request) => {
    const line = await bank.output(pin, request);
    return { ...line, close: () => Promise.reject(new Error("cannot close")) };
  };
  const pins = pinsOver({ ...bank, output });
  const line = await pins.output(17, off);
  await expect(line.close()).rejects.toThrow("cannot close");
  await expect(pins.output(17, off)).resolves.toBeDefined();
});
