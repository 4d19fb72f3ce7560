import type {
  GpioPins,
  InputLine,
  InputRequest,
  Level,
  OutputLine,
  OutputRequest,
  PwmLine,
  PwmRequest,
} from "../../core/hardware/gpio.ts";
import type { PinName } from "../../core/hardware/pin-name.ts";
import { type ChosenPin, dutyFor, levelFor } from "../../core/pin.ts";

/** What is told of the lines of a device. */
export interface LineWatcher {
  /** The line is on for this share of the time, from 0 to 1. `asFound`: the claim has not changed it. */
  seen(pin: ChosenPin, share: number, asFound?: boolean): void;
  /** The line was given back. */
  closed(pin: ChosenPin): void;
}

/**
 * The pins of a device, each change of which is told. It sees what every line really does, whoever wanted it: a command, a limit, a part of
 * a pattern, or another program.
 */
export class CountedPins implements GpioPins {
  readonly #pins: GpioPins;
  readonly #chosen: readonly ChosenPin[];
  readonly #watcher: LineWatcher;

  constructor(pins: GpioPins, chosen: readonly ChosenPin[], watcher: LineWatcher) {
    this.#pins = pins;
    this.#chosen = chosen;
    this.#watcher = watcher;
  }

  input(name: PinName, request: InputRequest): Promise<InputLine> {
    return this.#pins.input(name, request);
  }

  async output(name: PinName, request: OutputRequest): Promise<OutputLine> {
    const line = await this.#pins.output(name, request);
    const pin = this.#find(name);
    if (pin === undefined) return line;
    return new CountedOutput(line, pin, request.keep ? undefined : request.initial, this.#watcher);
  }

  async pwm(name: PinName, request: PwmRequest): Promise<PwmLine> {
    const line = await this.#pins.pwm(name, request);
    const pin = this.#find(name);
    return pin === undefined ? line : countedPulses(line, pin, request.duty, this.#watcher);
  }

  #find(name: PinName): ChosenPin | undefined {
    return this.#chosen.find(({ pin }) => pin === name);
  }
}

class CountedOutput implements OutputLine {
  readonly #line: OutputLine;
  readonly #pin: ChosenPin;
  readonly #watcher: LineWatcher;
  #known: Level | undefined;

  /** `initial` is undefined where the level may be the one from before. */
  constructor(line: OutputLine, pin: ChosenPin, initial: Level | undefined, watcher: LineWatcher) {
    this.#line = line;
    this.#pin = pin;
    this.#watcher = watcher;
    if (initial !== undefined) this.#note(initial);
  }

  write(level: Level): void {
    this.#line.write(level);
    this.#note(level);
  }

  read(): Level {
    const level = this.#line.read();
    this.#note(level, this.#known === undefined);
    return level;
  }

  async close(): Promise<void> {
    this.#watcher.closed(this.#pin);
    await this.#line.close();
  }

  #note(level: Level, asFound = false): void {
    if (level === this.#known) return;
    this.#known = level;
    this.#watcher.seen(this.#pin, level === levelFor(true, this.#pin) ? 1 : 0, asFound);
  }
}

function countedPulses(line: PwmLine, pin: ChosenPin, initial: number, watcher: LineWatcher): PwmLine {
  // Turning a share round twice gives the share, so this also turns a duty into the share of the time that the device is on.
  const note = (duty: number) => watcher.seen(pin, Math.min(1, Math.max(0, dutyFor(duty, pin))));
  note(initial);
  return {
    write: (duty) => {
      line.write(duty);
      note(duty);
    },
    close: async () => {
      watcher.closed(pin);
      await line.close();
    },
  };
}
