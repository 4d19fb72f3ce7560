import { expect, it, onTestFinished } from "vitest";
import { explain } from "../../src/core/errors.ts";
import { systemClock } from "../../src/core/time/clock.ts";
import { gpiochip } from "../../src/gpio/gpiochip.ts";
import { onoff } from "../../src/gpio/onoff.ts";
import { timedPins } from "../../src/gpio/timed-pins.ts";
import { SimulatedChip } from "./gpio-sim.ts";
import { pinsThrough } from "./ports.ts";

function bench(backend: typeof gpiochip) {
  const chip = new SimulatedChip({ label: "pinctrl-bcm2711" });
  const pins = pinsThrough(backend);
  onTestFinished(async () => {
    await pins.close();
    chip.remove();
  });
  return { chip, timed: timedPins({ pins, clock: systemClock }) };
}

it("an echo has the length between the kernel's time stamps, and one trigger", async () => {
  const { chip, timed } = bench(gpiochip);
  const echo = await timed.echo(23, 24);
  chip.drive(24, 0);
  const before = chip.changes(23);
  const measured = echo.measure();
  expect([chip.changes(23) - before, chip.level(23)]).toEqual([2, 0]);
  const beganMs = systemClock.monotonicMs();
  chip.drive(24, 1);
  const upMs = systemClock.monotonicMs();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const downMs = systemClock.monotonicMs();
  chip.drive(24, 0);
  const endedMs = systemClock.monotonicMs();
  const length = await measured;
  expect(length).toBeGreaterThanOrEqual(downMs - upMs);
  expect(length).toBeLessThanOrEqual(endedMs - beganMs);
  await echo.close();
});

it("onoff says that it cannot time an echo, and leaves both pins free", async () => {
  const { timed } = bench(onoff);
  const said = () => timed.echo(23, 24).then(() => "nothing", explain);
  const sentence = "the backend of pin 24 cannot time it to microseconds; gpiochip and pigpio can";
  expect(await said()).toContain(sentence);
  expect(await said()).toContain(sentence);
});

it("bits are shifted in with as many pulses as are wanted, and those of a wire that is always low are no value", async () => {
  const { chip, timed } = bench(gpiochip);
  const shifted = await timed.shifted(5, 6);
  chip.drive(6, 0);
  const before = chip.changes(5);
  await expect(shifted.read(25)).rejects.toThrow(/pin 6 stays low|too slowly/);
  expect(chip.changes(5) - before).toBe(4 * 2 * 25);
  await shifted.close();
});
