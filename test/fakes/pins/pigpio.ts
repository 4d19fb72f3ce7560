import { EventEmitter } from "node:events";
import type { GpioBank, GpioPorts, Level } from "../../../src/core/hardware/gpio.ts";
import { pigpio } from "../../../src/gpio/pigpio.ts";
import { Pins } from "../../../src/gpio/pins.ts";
import type { Bench } from "../../contract/backend-contract.ts";
import { fakePorts, fakeTime } from "../benches.ts";
import { FakeClock } from "../clock.ts";
import { FakeTree } from "../tree.ts";
import { PigpioPins, type Sample } from "./pigpio-pins.ts";

/** The hardware that only one process at a time can have. */
export class PigpioHardware {
  readonly clock: FakeClock;
  readonly pins: PigpioPins;
  /** Who has it: the module that was started last, until it ends. */
  owner: object | undefined;
  /** What was asked for when it was started. */
  settings = { sampleUs: 0, disabled: 0 };

  constructor(clock = new FakeClock()) {
    this.clock = clock;
    this.pins = new PigpioPins(clock);
  }
}

/** The package pigpio, as a process gets it that has just started. */
export function fakePigpio(hardware: PigpioHardware): object {
  const { pins, clock } = hardware;
  const running = () => hardware.owner === library;
  const call = (name: string, result: () => number): number => {
    const number = running() ? result() : -31;
    if (number < 0) throw new Error(`pigpio error ${number} in ${name}`);
    return number;
  };
  const configure = (setting: Partial<PigpioHardware["settings"]>) => {
    if (running()) throw new Error("pigpio error -25 in gpioCfg");
    Object.assign(hardware.settings, setting);
  };

  class Gpio extends EventEmitter {
    static readonly INPUT = 0;
    static readonly OUTPUT = 1;
    static readonly PUD_OFF = 0;
    static readonly PUD_DOWN = 1;
    static readonly PUD_UP = 2;
    readonly #pin: number;
    readonly #onSample = ({ pin, level, tick }: Sample) => {
      // The library looks at its samples every millisecond, and the addon hands one alert after the other to the event loop.
      if (pin === this.#pin) clock.after(1, () => pins.samples.has(this.#onSample) && this.emit("alert", level, tick));
    };

    constructor(pin: number) {
      super();
      this.#pin = pin;
    }
    #do(name: string, result: () => number): this {
      call(name, result);
      return this;
    }
    mode = (mode: number) => this.#do("gpioSetMode", () => pins.setMode(this.#pin, mode));
    getMode = () => call("gpioGetMode", () => pins.at(this.#pin).mode);
    pullUpDown = (pull: number) => this.#do("gpioSetPullUpDown", () => pins.setPull(this.#pin, pull));
    digitalRead = () => call("gpioRead", () => pins.at(this.#pin).level) as Level;
    digitalWrite = (level: number) => this.#do("gpioWrite", () => pins.write(this.#pin, level));
    pwmFrequency = (hz: number) => this.#do("gpioSetPWMfrequency", () => pins.setFrequency(this.#pin, hz));
    getPwmFrequency = () => call("gpioGetPWMfrequency", () => pins.at(this.#pin).pwm.frequencyHz);
    pwmRange = (range: number) => this.#do("gpioSetPWMrange", () => pins.setRange(this.#pin, range));
    pwmWrite = (duty: number) => this.#do("gpioPWM", () => pins.pwm(this.#pin, duty));
    glitchFilter = (steadyUs: number) => this.#do("gpioGlitchFilter", () => pins.setFilter(this.#pin, steadyUs));
    enableAlert = () => this.#do("gpioSetAlertFunc", () => this.#watch(true));
    disableAlert = () => this.#do("gpioSetAlertFunc", () => this.#watch(false));
    #watch(on: boolean): number {
      if (on) pins.samples.add(this.#onSample);
      else pins.samples.delete(this.#onSample);
      return 0;
    }
  }

  const library = {
    Gpio,
    CLOCK_PCM: 1,
    DISABLE_FIFO_IF: 1,
    DISABLE_SOCK_IF: 2,
    configureClock: (sampleUs: number) => configure({ sampleUs }),
    configureInterfaces: (disabled: number) => configure({ disabled }),
    hardwareRevision: () => 0xc03114,
    getTick: () => call("gpioTick", () => pins.tick),
    initialize() {
      if (hardware.owner !== undefined) throw new Error("pigpio error -1 in gpioInitialise");
      hardware.owner = library;
    },
    terminate() {
      if (running()) hardware.owner = undefined;
    },
  };
  // A CommonJS package, as `import()` gives it.
  return { default: library };
}

/** The files of a Raspberry Pi 4. */
export const pi4 = { "/proc/device-tree/compatible": "raspberrypi,4-model-b\0brcm,bcm2711\0" };

/** Ports of a Pi 4 for root, on which pigpio is installed. */
export function pigpioPorts(hardware: PigpioHardware, some: Partial<GpioPorts> = {}): GpioPorts {
  const load = async () => fakePigpio(hardware);
  return fakePorts({ files: new FakeTree(pi4), isRoot: true, clock: hardware.clock, load, ...some });
}

/** pigpio in one process after the other. */
export function pigpioBench(): Bench & { hardware: PigpioHardware } {
  const hardware = new PigpioHardware();
  return {
    hardware,
    start: () => new Pins([pigpio], pigpio.name, pigpioPorts(hardware)),
    level: (pin) => hardware.pins.at(pin).level,
    drive: (pin, level) => hardware.pins.drive(pin, level),
    changes: (pin) => hardware.pins.at(pin).changes,
    ...fakeTime(hardware.clock),
  };
}

/** The bank of a Pi 4 on which pigpio was started, and its hardware. */
export async function openedPigpio() {
  const hardware = new PigpioHardware();
  const bank = (await pigpio.open(pigpioPorts(hardware))) as Required<GpioBank>;
  return { hardware, bank, at: (pin: number) => hardware.pins.at(pin) };
}
