import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Edge, GpioBackend } from "../../src/core/hardware/gpio.ts";
import { gpiochip } from "../../src/gpio/gpiochip.ts";
import { onoff } from "../../src/gpio/onoff.ts";
import type { Pins } from "../../src/gpio/pins.ts";
import { FakeLog } from "../fakes/log.ts";
import { driveEdges } from "./edges.ts";
import { SimulatedChip } from "./gpio-sim.ts";
import { until } from "./guest.ts";
import { pinsThrough } from "./ports.ts";

const pin = 5;
let chip: SimulatedChip;
let pins: Pins;
let log: FakeLog;

beforeEach(() => {
  chip = new SimulatedChip({ label: "pinctrl-bcm2711" });
  log = new FakeLog();
});
afterEach(async () => {
  await pins.close();
  chip.remove();
});

/** Watches one input while another process moves it as fast as it can; `keptUp` is what the other waits for now and then. */
async function drive(
  backend: GpioBackend,
  edges: number,
  keptUp: (told: readonly Edge[], done: number) => Promise<unknown>,
) {
  pins = pinsThrough(backend, { log });
  const told: Edge[] = [];
  await pins.input(pin, {
    pull: "none",
    debounceMs: 0,
    onEdge: (edge) => void told.push(edge),
    onError: (error) => {
      throw error;
    },
  });
  const before = chip.changes(pin);
  const perSecond = await driveEdges(chip, pin, edges, (done) => keptUp(told, done));
  expect(chip.changes(pin) - before).toBe(edges);
  console.log(`${backend.name}: ${told.length} of ${edges} edges told, ${perSecond} per second`);
  return told;
}

describe("edges as fast as this machine makes them", () => {
  it("are all told once, in order, by the character device: 100,000 of them", async () => {
    const told = await drive(gpiochip, 100_000, (sofar, done) => until("all edges", () => sofar.length >= done));
    expect(log.at("warn")).toEqual([]);
    expect(told).toHaveLength(100_000);
    expect(told.every(({ level }, index) => level === (index % 2 === 0 ? 1 : 0))).toBe(true);
    expect(told.every(({ atMs }, index) => atMs >= (told[index - 1]?.atMs ?? 0))).toBe(true);
  });

  it("end in the right level with onoff, which loses some on the way", async () => {
    const told = await drive(onoff, 10_000, () => new Promise((resolve) => setTimeout(resolve, 20)));
    await until("the last edge", () => told.at(-1)?.level === chip.level(pin));
    expect(told.length).toBeLessThan(10_000);
  });
});
