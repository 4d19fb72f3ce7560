import type { GpioBank, Level } from "../../src/core/gpio.ts";
import { backends } from "../../src/gpio/index.ts";
import { openBank } from "../../src/gpio/open.ts";
import { type SimulatedBank, simulatedBank } from "../../src/gpio/simulated.ts";
import { FakeClock } from "./clock.ts";
import { FakeLog } from "./log.ts";
import { FakeSysfs } from "./sysfs.ts";

/** A backend on the bench: its pins can be seen and driven from outside, and its process can end and begin again. */
export interface Bench {
  readonly name: string;
  /** Opens the bank, as a process does that has just started. */
  open(): Promise<GpioBank>;
  level(pin: number): Level;
  drive(pin: number, level: Level): void;
  /** Every physical level of the pin since it was first claimed; none before. */
  history(pin: number): readonly Level[];
}

/** Opens a bank and waits, as time passes, for what needs time. */
export async function inTime<T>(clock: FakeClock, promise: Promise<T>): Promise<T> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  promise.then(done, done);
  for (let step = 0; step < 1_000 && !isDone; step += 1) await clock.advance(10);
  return promise;
}

/** What the pretended pins are. */
export function simulatedBench(): Bench {
  const bank: SimulatedBank = simulatedBank();
  return {
    name: "simulated",
    open: async () => bank,
    level: (pin) => bank.level(pin),
    drive: (pin, level) => bank.drive(pin, level),
    history: (pin) => bank.history(pin),
  };
}

/** onoff over a pretended /sys/class/gpio. */
export function onoffBench(sysfs = new FakeSysfs()): Bench & { sysfs: FakeSysfs; log: FakeLog } {
  const log = new FakeLog();
  return {
    name: "onoff",
    sysfs,
    log,
    async open() {
      const clock = new FakeClock();
      const ports = { files: sysfs, clock, log, chip: undefined, load: async () => sysfs.onoff };
      const bank = await openBank(backends, "onoff", ports);
      return {
        description: bank.description,
        output: (pin, request) => inTime(clock, bank.output(pin, request)),
        input: (pin, request) => inTime(clock, bank.input(pin, request)),
        close: () => bank.close(),
      };
    },
    level: (pin) => sysfs.line(sysfs.base + pin).levels.at(-1) ?? 0,
    drive: (pin, level) => sysfs.drive(sysfs.base + pin, level),
    history: (pin) => sysfs.lines.get(sysfs.base + pin)?.levels ?? [],
  };
}
