import { explain, UserError } from "../../core/errors.ts";
import type { GpioPorts, Level } from "../../core/hardware/gpio.ts";

/**
 * The parts of pigpio's Gpio that are used (fivdi/pigpio 3, pigpio.d.ts). Every method throws errors such as "pigpio error -41 in
 * gpioWrite".
 */
export interface PigpioGpio {
  mode(mode: number): this;
  getMode(): number;
  pullUpDown(pull: number): this;
  digitalRead(): Level;
  digitalWrite(level: Level): this;
  pwmFrequency(frequencyHz: number): this;
  getPwmFrequency(): number;
  pwmRange(range: number): this;
  pwmWrite(duty: number): this;
  glitchFilter(steadyUs: number): this;
  enableAlert(): this;
  disableAlert(): this;
  /** The level is 2 when a watchdog has run out. The tick is the time of the edge in microseconds, as a number of 32 bits. */
  on(event: "alert", listener: (level: number, tick: number) => void): this;
  off(event: "alert", listener: (level: number, tick: number) => void): this;
}

/** The parts of the package pigpio that are used. */
export interface PigpioModule {
  readonly Gpio: (new (
    pin: number,
  ) => PigpioGpio) & {
    readonly INPUT: number;
    readonly OUTPUT: number;
    readonly PUD_OFF: number;
    readonly PUD_DOWN: number;
    readonly PUD_UP: number;
  };
  readonly CLOCK_PCM: number;
  readonly DISABLE_FIFO_IF: number;
  readonly DISABLE_SOCK_IF: number;
  configureClock(sampleUs: number, peripheral: number): void;
  configureInterfaces(disabled: number): void;
  initialize(): void;
  terminate(): void;
  hardwareRevision(): number;
  getTick(): number;
}

const libraryHint =
  'run "sudo apt install pigpio python3 make g++" and then "npm rebuild pigpio"; Raspberry Pi OS trixie has no package pigpio, there build https://github.com/joan2937/pigpio first';

/**
 * Loads the package and checks that it works. If the C library is missing, npm builds an empty addon and reports success. Then the package
 * loads, prints 20 lines of warning, and its functions fail. Rejects with a UserError.
 */
export async function loadPigpio({ load }: GpioPorts): Promise<PigpioModule> {
  const { loaded, warnings } = await quietly(() => load("pigpio")).catch((cause) => {
    throw missing(explain(cause).split("\n")[0], cause);
  });
  const library = ((loaded as { default?: unknown }).default ?? loaded) as PigpioModule;
  try {
    library.hardwareRevision();
  } catch (cause) {
    const reason = warnings
      .map((line) => /^\w*Error: (.*?)\.?(?:\n|$)/.exec(line)?.[1])
      .find((text) => text !== undefined);
    throw missing(reason ?? "it was built without the C library pigpio", cause);
  }
  return library;
}

function missing(reason: string | undefined, cause: unknown): UserError {
  return new UserError(`the package pigpio cannot be used (${reason})`, { hint: libraryHint, cause });
}

/** Loads the package without its warnings on the terminal. They are returned, and become one sentence. */
async function quietly(load: () => Promise<unknown>): Promise<{ loaded: unknown; warnings: readonly string[] }> {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (text?: unknown) => void warnings.push(String(text));
  try {
    return { loaded: await load(), warnings };
  } finally {
    console.warn = warn;
  }
}
