import { errorCode, type UserError } from "../core/errors.ts";
import {
  CannotServe,
  type GpioBackend,
  type GpioBank,
  type GpioPorts,
  type Level,
  type OutputLine,
  type OutputRequest,
} from "../core/hardware/gpio.ts";
import { pinOn } from "../core/hardware/named-chip.ts";
import type { PinName } from "../core/hardware/pin-name.ts";
import { checkPin } from "./chips.ts";
import { findChip, type WithChip } from "./gpiochip/chip.ts";
import { Inputs } from "./gpiochip/inputs.ts";
import { type Libc, loadLibc } from "./gpiochip/libc.ts";
import * as abi from "./gpiochip/line-abi.ts";
import { lostByPolling } from "./gpiochip/polling.ts";
import { exportedPin, heldProblem, lineProblem } from "./line-problem.ts";
import { provenOutput } from "./proven-output.ts";

/** Pins through the kernel's character device, with version 2 of its commands (Linux 5.10 and later). */
export const gpiochip: GpioBackend = {
  name: "gpiochip",
  summary: "The kernel's character device /dev/gpiochip*, through the package koffi: every Pi but Zero, Zero W and 1.",
  uses: { output: [], input: [] },
  automaticFor: ["output", "input"],
  chipsFor: ["output", "input"],
  async open(ports) {
    const libc = await loadLibc(ports);
    const { label, path, device } = await findChip(libc, ports);
    const where = device === undefined ? "" : `, device ${device.device}`;
    return gpiochipBank(libc, `${label} at ${path}${where}`, ports);
  },
};

function gpiochipBank(libc: Libc, description: string, ports: GpioPorts): GpioBank {
  const { named } = ports;
  const outputs = new Set<number>();
  const withChip: WithChip = async (pin, action) => {
    const chip = await findChip(libc, ports);
    checkPin(chip, pin);
    const file = libc.open(chip.path);
    try {
      return action(file);
    } catch (error) {
      const title = pinOn(named, pin);
      throw errorCode(error) === "EBUSY" ? held(title, lookAt(libc, file, pin).consumer) : lineProblem(title, error);
    } finally {
      libc.close(file);
    }
  };
  const inputs = new Inputs(libc, withChip, ports);
  return {
    description,
    async output(pin, request) {
      const line = await withChip(pin, (file) => claimOutput(libc, file, pin, request));
      outputs.add(line);
      const title = pinOn(named, pin);
      const output = outputLine(libc, line, title, () => outputs.delete(line));
      return provenOutput(output, named, title, request);
    },
    input: (pin, request) => inputs.claim(pin, request),
    async look(pin, use) {
      const { name, consumer } = await withChip(pin, (file) => lookAt(libc, file, pin));
      if (consumer === exportedPin) throw held(pinOn(named, pin), consumer);
      const { device } = await findChip(libc, ports);
      const isPolled = use === "input" && device?.hasInterrupt === false;
      return { name: name || undefined, consumer: consumer || undefined, ...(isPolled && { lost: [lostByPolling] }) };
    },
    async close() {
      for (const line of outputs) libc.close(line);
      outputs.clear();
      await inputs.close();
    },
  };
}

/** The error for a pin that somebody else holds. A pin that onoff left exported may be taken over by onoff without moving it. */
function held(pin: PinName, consumer: string): UserError {
  const problem = heldProblem(pin, consumer);
  return consumer === exportedPin ? new CannotServe(problem.message, problem) : problem;
}

/**
 * Requests an output line. If its present level may be kept, it is requested as it is, so that it does not move. Otherwise it gets its
 * initial level at once.
 */
function claimOutput(libc: Libc, chip: number, pin: number, { initial, keep }: OutputRequest): number {
  const asOutput = (level: Level) => abi.encodeConfig(abi.flag.output, [{ lines: [0], levels: BigInt(level) }]);
  const request = abi.encodeRequest([pin], keep ? abi.encodeConfig(0) : asOutput(initial));
  libc.ioctl(chip, abi.command.requestLines, request);
  const line = abi.requestedFile(request);
  if (!keep) return line;
  try {
    const isOutput = (lookAt(libc, chip, pin).flags & abi.flag.output) !== 0;
    libc.ioctl(line, abi.command.setConfig, asOutput(isOutput ? readLevel(libc, line) : initial));
    return line;
  } catch (error) {
    libc.close(line);
    throw error;
  }
}

/** An output line with a file of its own. The buffers for both levels are made beforehand, so a write is one system call. */
function outputLine(libc: Libc, line: number, pin: PinName, onClose: () => void): OutputLine {
  const values = [abi.encodeValues(0n, 1n), abi.encodeValues(1n, 1n)] as const;
  const orExplain = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw lineProblem(pin, error);
    }
  };
  return {
    write: (level) => orExplain(() => libc.ioctl(line, abi.command.setValues, values[level])),
    read: () => orExplain(() => readLevel(libc, line)),
    async close() {
      onClose();
      libc.close(line);
    },
  };
}

/** The level of the only line of a request. */
function readLevel(libc: Libc, line: number): Level {
  const values = abi.encodeValues(0n, 1n);
  libc.ioctl(line, abi.command.getValues, values);
  return values[0] === 1 ? 1 : 0;
}

function lookAt(libc: Libc, chip: number, pin: number) {
  const info = abi.askLineInfo(pin);
  libc.ioctl(chip, abi.command.lineInfo, info);
  return abi.decodeLineInfo(info);
}
