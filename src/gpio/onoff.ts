import { buildHint, explain, UserError } from "../core/errors.ts";
import type { GpioBackend, GpioBank, GpioPorts, Level, Pull } from "../core/hardware/gpio.ts";
import { powerOnPull } from "../core/hardware/header.ts";
import { checkPin } from "./chips.ts";
import { groupHint, lineProblem } from "./line-problem.ts";
import { exportLine, findSysfsChip, presentOutputLevel, root, type SysfsChip } from "./sysfs.ts";

/** The parts of onoff's Gpio that are used (fivdi/onoff 6, onoff.d.ts). */
export interface OnoffGpio {
  readSync(): Level;
  writeSync(level: Level): void;
  direction(): string;
  setDirection(direction: "high" | "low" | "in"): void;
  edge(): string;
  watch(callback: (error: Error | null | undefined) => void): void;
  unexport(): void;
}
type GpioConstructor = new (
  number: number,
  direction: "high" | "low" | "in",
  edge: "none" | "both",
  options: { activeLow: boolean; reconfigureDirection: boolean },
) => OnoffGpio;

/**
 * Pins through the package onoff and /sys/class/gpio. Some of onoff is not used because it does not work reliably: the direction `out`,
 * which begins low; active-low, which `high` and `low` ignore; and debouncing, which may report nothing or the same level twice.
 */
export const onoff: GpioBackend = {
  name: "onoff",
  summary: "The package onoff, through /sys/class/gpio: every Pi, as long as its kernel offers that folder.",
  uses: {
    output: ["/sys/class/gpio is on its way out of the kernel"],
    input: [
      "/sys/class/gpio is on its way out of the kernel",
      "no pull resistor can be set",
      "edges carry the agent's time, and pulses of less than some milliseconds may go unseen, as may steps of a fast encoder",
    ],
  },
  automaticFor: ["output", "input"],
  async open(ports) {
    const chip = await findSysfsChip(ports.files, ports.chip);
    if (!(await ports.files.isWritable(`${root}/export`)))
      throw new UserError(`${root}/export cannot be written`, { hint: groupHint });
    const Gpio = await loadOnoff(ports);
    return onoffBank(`${chip.label} at ${root}/gpiochip${chip.base}`, Gpio, ports, chip);
  },
};

async function loadOnoff({ load }: GpioPorts): Promise<GpioConstructor> {
  try {
    const { Gpio } = (await load("onoff")) as { Gpio: GpioConstructor };
    return Gpio;
  } catch (cause) {
    throw new UserError(`the package onoff cannot be loaded (${explain(cause).split("\n")[0]})`, {
      hint: buildHint,
      cause,
    });
  }
}

function onoffBank(description: string, Gpio: GpioConstructor, ports: GpioPorts, chip: SysfsChip): GpioBank {
  /**
   * Outputs that were closed. They stay exported and driven, so that nothing floats, and can be claimed again without a new file handle.
   */
  const resting = new Map<number, OnoffGpio>();

  async function claim(pin: number): Promise<number> {
    checkPin(chip, pin);
    await exportLine(ports, pin, chip.base + pin);
    return chip.base + pin;
  }

  return {
    description,
    async output(pin, { initial, keep }) {
      const number = await claim(pin);
      const present = keep ? await presentOutputLevel(ports.files, number) : undefined;
      const level = present ?? initial;
      const direction = level === 1 ? "high" : "low";
      const gpio = orExplain(pin, () => {
        const known = resting.get(pin);
        if (known === undefined)
          return new Gpio(number, direction, "none", { activeLow: false, reconfigureDirection: present === undefined });
        if (present === undefined) known.setDirection(direction);
        return known;
      });
      resting.delete(pin);
      verify(pin, gpio, `an output at level ${level}`, () => gpio.direction() === "out" && gpio.readSync() === level);
      return {
        write: (next) => orExplain(pin, () => gpio.writeSync(next)),
        read: () => orExplain(pin, () => gpio.readSync()),
        async close() {
          if (await ports.files.isWritable(`${root}/gpio${number}/value`)) resting.set(pin, gpio);
          else gpio.unexport();
        },
      };
    },
    async input(pin, { pull, onEdge, onError }) {
      warnOfPull(ports, pin, pull);
      const number = await claim(pin);
      if (!(await ports.files.list(`${root}/gpio${number}`)).includes("edge"))
        throw new UserError(`pin ${pin} cannot report edges`, { hint: "choose another pin" });
      const gpio = orExplain(
        pin,
        () => new Gpio(number, "in", "both", { activeLow: false, reconfigureDirection: true }),
      );
      verify(pin, gpio, "an input", () => gpio.direction() === "in" && gpio.edge() === "both");
      const read = () => orExplain(pin, () => gpio.readSync());
      gpio.watch((error) => {
        if (error) return onError(lineProblem(pin, error));
        try {
          onEdge({ level: read(), atMs: ports.clock.monotonicMs() });
        } catch (gone) {
          onError(gone as Error);
        }
      });
      return {
        debounced: false,
        read,
        close: async () => gpio.unexport(),
      };
    },
    close: async () => {},
  };
}

/** Checks that the line is what was asked for. onoff hides the errors of a line that was exported before. */
function verify(pin: number, gpio: OnoffGpio, wanted: string, isSo: () => boolean): void {
  let became = false;
  try {
    became = orExplain(pin, isSo);
  } finally {
    if (!became) gpio.unexport();
  }
  if (!became)
    throw new UserError(`pin ${pin} did not become ${wanted}`, {
      hint: "another program may hold it; see /sys/kernel/debug/gpio",
    });
}

function orExplain<T>(pin: number, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw lineProblem(pin, error);
  }
}

/** sysfs cannot set a pull. The pull is the one that the firmware has set. */
function warnOfPull({ log }: GpioPorts, pin: number, pull: Pull): void {
  if (pull === "none" || pull === powerOnPull(pin)) return;
  log.warn(
    { pin, pull, add: `gpio=${pin}=ip,p${pull === "up" ? "u" : "d"}` },
    "onoff cannot set a pull; add the line to /boot/firmware/config.txt and reboot, or use a resistor",
  );
}
