import { onTestFinished } from "vitest";
import type { GpioBackend, GpioBank, GpioPorts } from "../../../src/core/hardware/gpio.ts";
import { systemClock } from "../../../src/core/time/clock.ts";
import { pigpiod } from "../../../src/gpio/pigpiod.ts";
import { Pins } from "../../../src/gpio/pins.ts";
import type { Bench } from "../../contract/backend-contract.ts";
import { fakePorts } from "../benches.ts";
import { FakeTree } from "../tree.ts";
import { pi4 } from "./pigpio.ts";
import { PigpiodServer } from "./pigpiod-server.ts";

const patienceMs = 5_000;

/** What a bench does with time where sockets and threads have their own. */
export const realTime: Pick<Bench, "until" | "pass"> = {
  pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  async until(condition) {
    const endMs = systemClock.monotonicMs() + patienceMs;
    while (!condition()) {
      if (systemClock.monotonicMs() > endMs) throw new Error(`it did not become so within ${patienceMs / 1_000} s`);
      await realTime.pass(2);
    }
  },
};

/** Starts a daemon for one test, and what a test sees of it. */
export function pigpiodBench(
  ticksEndAfterMs?: number,
): Bench & { server: PigpiodServer; backend: GpioBackend; ports: GpioPorts } {
  const server = new PigpiodServer(ticksEndAfterMs);
  const listening = server.listen();
  const started: Pins[] = [];
  onTestFinished(async () => {
    await Promise.all(started.map((pins) => pins.close()));
    await server.stop();
  });
  const backend: GpioBackend = {
    ...pigpiod,
    async open(ports) {
      await listening;
      return pigpiod.open({ ...ports, pigpiod: { host: "127.0.0.1", port: server.port } });
    },
  };
  const ports: GpioPorts = { ...fakePorts({ files: new FakeTree(pi4) }), clock: systemClock };
  return {
    server,
    backend,
    ports,
    start() {
      const pins = new Pins([backend], backend.name, ports);
      started.push(pins);
      return pins;
    },
    level: (pin) => server.pins.at(pin).level,
    drive: (pin, level) => server.pins.drive(pin, level),
    changes: (pin) => server.pins.at(pin).changes,
    ...realTime,
  };
}

/** The bank of a daemon that was started for this test. */
export async function openedPigpiod(some: Partial<GpioPorts> = {}, ticksEndAfterMs?: number) {
  const bench = pigpiodBench(ticksEndAfterMs);
  const bank = (await bench.backend.open({ ...bench.ports, ...some })) as Required<GpioBank>;
  onTestFinished(() => bank.close());
  return { ...bench, bank };
}
