import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { GpioBackend, GpioPorts } from "../../src/core/hardware/gpio.ts";
import { gpiochip } from "../../src/gpio/gpiochip.ts";
import { onoff } from "../../src/gpio/onoff.ts";
import { Pins } from "../../src/gpio/pins.ts";
import { type Bench, backendContract } from "../contract/backend-contract.ts";
import { type ChipPlan, persistOutputs, SimulatedChip } from "./gpio-sim.ts";
import { until } from "./guest.ts";
import { guestPorts, pinsThrough } from "./ports.ts";

function plugIn(plan: ChipPlan): SimulatedChip {
  const chip = new SimulatedChip(plan);
  onTestFinished(() => chip.remove());
  return chip;
}

function start(backend: GpioBackend, wanted: Partial<GpioPorts> = {}): Pins {
  const pins = pinsThrough(backend, wanted);
  onTestFinished(() => pins.close());
  return pins;
}

/** A backend over a simulated chip of its own. */
function bench(backend: GpioBackend): Bench {
  const chip = plugIn({ label: "pinctrl-bcm2711" });
  return {
    start: () => start(backend),
    level: (pin) => chip.level(pin),
    drive: (pin, level) => chip.drive(pin, level),
    changes: (pin) => chip.changes(pin),
    async hold(pin) {
      if (backend !== onoff) {
        chip.exportLine(pin);
        return () => chip.unexportLine(pin);
      }
      const line = await start(gpiochip).output(pin, { initial: 0, keep: false });
      return () => line.close();
    },
    until: async (condition) => void (await until("it to become so", condition)),
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

describe("on a kernel like Raspberry Pi OS's, where released outputs stay driven", () => {
  beforeAll(() => persistOutputs(true));
  backendContract("gpiochip", () => bench(gpiochip), {
    drivesAtOnce: true,
    staysDriven: true,
    pulls: true,
    debounces: true,
    stampsEdges: true,
  });
});

describe("on a mainline kernel, where released outputs become inputs", () => {
  beforeAll(() => persistOutputs(false));
  afterAll(() => persistOutputs(true));
  backendContract("gpiochip", () => bench(gpiochip), {
    drivesAtOnce: true,
    staysDriven: false,
    pulls: true,
    debounces: true,
    stampsEdges: true,
  });
  backendContract("onoff", () => bench(onoff), {
    drivesAtOnce: true,
    staysDriven: true,
    pulls: false,
    debounces: false,
    stampsEdges: false,
  });

  it("begins at the initial level when an earlier process let go of the pin", async () => {
    const chip = plugIn({ label: "pinctrl-bcm2711" });
    const earlier = start(gpiochip);
    await earlier.output(17, { initial: 1, keep: false });
    await earlier.close();
    expect(chip.level(17)).toBe(0);
    const line = await start(gpiochip).output(17, { initial: 1, keep: true });
    expect([line.read(), chip.level(17)]).toEqual([1, 1]);
  });
});

describe.each([gpiochip, onoff])("the search of $name for the header's chip", (backend) => {
  it.each([
    ["a Pi Zero to 3", "pinctrl-bcm2835", 54, [{ label: "raspberrypi-exp-gpio", lines: 8 }]],
    ["a Pi 4", "pinctrl-bcm2711", 58, [{ label: "raspberrypi-exp-gpio", lines: 8 }]],
    [
      "a Pi 5",
      "pinctrl-rp1",
      54,
      [
        { label: "gpio-brcmstb@107d508500", lines: 32 },
        { label: "gpio-brcmstb@107d508520", lines: 4 },
        { label: "gpio-brcmstb@107d517c00", lines: 17 },
        { label: "gpio-brcmstb@107d517c20", lines: 6 },
      ],
    ],
  ])("finds it on %s, whatever comes before it", async (_board, label, lines, others) => {
    const decoys = others.map((plan) => plugIn(plan));
    const chip = plugIn({ label, lines });
    expect(chip.name).not.toBe("gpiochip0");
    await start(backend).output(17, { initial: 1, keep: false });
    expect(chip.level(17)).toBe(1);
    expect(
      decoys.flatMap((decoy) => Array.from({ length: decoy.lines }, (_, line) => decoy.changes(line))),
    ).not.toContain(1);
  });

  it("takes the chip that its owner names", async () => {
    plugIn({ label: "pinctrl-bcm2711" });
    const wanted = plugIn({ label: "mcp23017", lines: 16 });
    await start(backend, { chip: "mcp23017" }).output(3, { initial: 1, keep: false });
    expect(wanted.level(3)).toBe(1);
  });
});

it("takes up with auto what onoff left driven, without a click", async () => {
  const chip = plugIn({ label: "pinctrl-bcm2711" });
  const earlier = start(onoff);
  await (await earlier.output(17, { initial: 1, keep: false })).close();
  const before = chip.changes(17);
  const pins = new Pins([gpiochip, onoff], "auto", guestPorts);
  onTestFinished(() => pins.close());
  const line = await pins.output(17, { initial: 0, keep: true });
  expect([line.read(), chip.level(17), chip.changes(17)]).toEqual([1, 1, before]);
});

describe("what the kernel says when it cannot be", () => {
  it("names the driver that holds a pin", async () => {
    plugIn({ label: "pinctrl-bcm2711", hogs: { 17: { name: "spi0 CS0", direction: "input" } } });
    await expect(start(gpiochip).output(17, { initial: 0, keep: false })).rejects.toThrow(
      'pin 17 is held by "spi0 CS0"',
    );
    expect((await start(gpiochip).route(17, "output")).look).toEqual({ name: "GPIO17", consumer: "spi0 CS0" });
  });

  it.each([gpiochip, onoff])(
    "tells the owners when the chip is unplugged, and finds it again: $name",
    async (backend) => {
      const chip = plugIn({ label: "pinctrl-bcm2711" });
      const pins = start(backend);
      const lost: string[] = [];
      const watched = {
        pull: "none",
        debounceMs: 0,
        onEdge: () => {},
        onError: (error: Error) => void lost.push(error.message),
      } as const;
      const [output, input] = await Promise.all([pins.output(17, { initial: 1, keep: false }), pins.input(5, watched)]);
      chip.unplug();
      expect(() => output.write(0)).toThrow("pin 17 was taken away");
      if (backend === gpiochip) await until("the loss of the input", () => lost.length > 0);
      if (backend === gpiochip) expect(lost).toEqual(["pin 5 was taken away"]);
      expect(() => input.read()).toThrow();
      await Promise.all([output.close(), input.close()]);
      chip.plug();
      const again = await pins.output(17, { initial: 1, keep: false });
      expect([again.read(), chip.level(17)]).toEqual([1, 1]);
    },
  );
});
