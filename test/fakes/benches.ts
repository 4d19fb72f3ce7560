import type { GpioBackend, GpioBank, GpioPins, GpioPorts } from "../../src/core/hardware/gpio.ts";
import type { NamedChip } from "../../src/core/hardware/named-chip.ts";
import { gpiochip } from "../../src/gpio/gpiochip.ts";
import { namedLines } from "../../src/gpio/named-lines.ts";
import { onoff } from "../../src/gpio/onoff.ts";
import { Pins } from "../../src/gpio/pins.ts";
import { type SimulatedBank, simulated, simulatedBank } from "../../src/gpio/simulated.ts";
import type { Bench } from "../contract/backend-contract.ts";
import { FakeClock } from "./clock.ts";
import { FakeLog } from "./log.ts";
import { FakeGpiochip } from "./pins/gpiochip.ts";
import { FakeSysfs } from "./pins/sysfs.ts";
import { FakeTree } from "./tree.ts";

/** Ports of an empty machine. A test may replace each of them. */
export function fakePorts(some: Partial<GpioPorts> = {}): GpioPorts & { clock: FakeClock; log: FakeLog } {
  const clock = new FakeClock();
  const log = new FakeLog();
  return {
    files: new FakeTree(),
    chip: undefined,
    pigpiod: { host: "localhost", port: 8888 },
    machine: "aarch64",
    isRoot: false,
    load: (packageName) => Promise.reject(new Error(`Cannot find module '${packageName}'`)),
    ...some,
    clock: (some.clock as FakeClock | undefined) ?? clock,
    log: (some.log as FakeLog | undefined) ?? log,
  };
}

/** All pins through one bank that is open already. */
export function pinsOver(bank: GpioBank, ports: GpioPorts = fakePorts(), chips: readonly NamedChip[] = []): Pins {
  const lines = (chip: NamedChip) => namedLines(bank as GpioPins, chip.name);
  const backend: GpioBackend = { ...simulated, open: async ({ named }) => (named === undefined ? bank : lines(named)) };
  return new Pins([backend], backend.name, ports, chips);
}

/** Waits for a promise that needs time, and lets that time pass. */
export async function inTime<T>(clock: FakeClock, promise: Promise<T>): Promise<T> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  promise.then(done, done);
  for (let step = 0; step < 1_000 && !isDone; step += 1) await clock.advance(10);
  return promise;
}

/** Pins on a fake clock. A claim lets time pass until it is done. */
export function timelyPins(backend: GpioBackend, ports: GpioPorts & { clock: FakeClock }): Pins {
  const pins = new Pins([backend], backend.name, ports);
  const { output, input, pwm } = pins;
  pins.output = (pin, request) => inTime(ports.clock, output.call(pins, pin, request));
  pins.input = (pin, request) => inTime(ports.clock, input.call(pins, pin, request));
  pins.pwm = (pin, request) => inTime(ports.clock, pwm.call(pins, pin, request));
  return pins;
}

/** How a bench lets time pass on a fake clock. */
export function fakeTime(clock: FakeClock): Pick<Bench, "until" | "pass"> {
  return {
    pass: (ms) => clock.advance(ms),
    async until(condition) {
      for (let step = 0; step < 1_000 && !condition(); step += 1) await clock.advance(5);
      if (!condition()) throw new Error("it did not become so within 5 s");
    },
  };
}

/** The simulated pins. */
export function simulatedBench(): Bench {
  const bank: SimulatedBank = simulatedBank();
  const clock = new FakeClock();
  return {
    start: () => pinsOver(bank),
    level: (pin) => bank.level(pin),
    drive: (pin, level) => bank.drive(pin, level),
    changes: (pin) => Math.max(0, bank.history(pin).length - 1) + (bank.history(pin)[0] ?? 0),
    ...fakeTime(clock),
  };
}

/** The backend gpiochip over a fake /dev/gpiochip0. */
export function gpiochipBench(chip = new FakeGpiochip()): Bench & { chip: FakeGpiochip; log: FakeLog } {
  const log = new FakeLog();
  const ports = fakePorts({ files: chip, clock: chip.clock, log, load: async () => chip.koffi });
  return {
    chip,
    log,
    start: () => timelyPins(gpiochip, ports),
    level: (pin) => chip.level(pin),
    drive: (pin, level) => chip.drive(pin, level),
    changes: (pin) => chip.line(pin).levels.length - 1,
    async hold(pin) {
      chip.line(pin).consumer = "somebody";
      return () => {
        chip.line(pin).consumer = "";
      };
    },
    ...fakeTime(chip.clock),
  };
}

/** The backend onoff over a fake /sys/class/gpio. */
export function onoffBench(sysfs = new FakeSysfs()): Bench & { sysfs: FakeSysfs; log: FakeLog } {
  const clock = new FakeClock();
  const log = new FakeLog();
  const number = (pin: number) => sysfs.base + pin;
  const levels = (pin: number) => sysfs.lines.get(number(pin))?.levels ?? [0];
  return {
    sysfs,
    log,
    start: () => timelyPins(onoff, fakePorts({ files: sysfs, clock, log, load: async () => sysfs.onoff })) as Pins,
    level: (pin) => levels(pin).at(-1) ?? 0,
    drive: (pin, level) => sysfs.drive(number(pin), level),
    changes: (pin) => levels(pin).length - 1,
    async hold(pin) {
      sysfs.held.add(number(pin));
      return () => void sysfs.held.delete(number(pin));
    },
    ...fakeTime(clock),
  };
}
