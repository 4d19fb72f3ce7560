import type { GpioPins, Level, OutputLine, PwmLine } from "../../core/hardware/gpio.ts";
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
export function countedPins(pins: GpioPins, chosen: readonly ChosenPin[], watcher: LineWatcher): GpioPins {
  const find = (name: PinName) => chosen.find(({ pin }) => pin === name);
  return {
    input: (name, request) => pins.input(name, request),
    output: async (name, request) => {
      const line = await pins.output(name, request);
      const pin = find(name);
      return pin === undefined ? line : countedOutput(line, pin, request.keep ? undefined : request.initial, watcher);
    },
    pwm: async (name, request) => {
      const line = await pins.pwm(name, request);
      const pin = find(name);
      return pin === undefined ? line : countedPulses(line, pin, request.duty, watcher);
    },
  };
}

/** `initial` is undefined where the level may be the one from before. */
function countedOutput(line: OutputLine, pin: ChosenPin, initial: Level | undefined, watcher: LineWatcher): OutputLine {
  let known: Level | undefined;
  const note = (level: Level, asFound = false) => {
    if (level === known) return;
    known = level;
    watcher.seen(pin, level === levelFor(true, pin) ? 1 : 0, asFound);
  };
  if (initial !== undefined) note(initial);
  return {
    write: (level) => {
      line.write(level);
      note(level);
    },
    read: () => {
      const level = line.read();
      note(level, known === undefined);
      return level;
    },
    close: async () => {
      watcher.closed(pin);
      await line.close();
    },
  };
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
