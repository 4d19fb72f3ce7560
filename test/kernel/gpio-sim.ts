import { existsSync, mkdirSync, readlinkSync, rmdirSync, writeFileSync } from "node:fs";
import type { Level } from "../../src/core/hardware/gpio.ts";
import { namesIn, onlyInTheGuest, readAttribute } from "./guest.ts";

const configfs = "/sys/kernel/config/gpio-sim";
const sysfs = "/sys/class/gpio";
const persistParameter = "/sys/module/gpio_sim/parameters/persist";

/** What a driver of the kernel does with a line for as long as the chip lives: a line that nobody else gets. */
export interface Hog {
  /** The consumer that the kernel names. */
  readonly name: string;
  readonly direction: "input" | "output-high" | "output-low";
}

/** How a simulated chip is made. */
export interface ChipPlan {
  /** What it calls itself; the agent finds a Pi's pins by "pinctrl-bcm2835", "pinctrl-bcm2711" or "pinctrl-rp1". */
  readonly label: string;
  /** Default: 54. */
  readonly lines?: number;
  /** By line; a line without one is called "GPIO" and its number, as on a Pi. */
  readonly names?: Readonly<Record<number, string>>;
  readonly hogs?: Readonly<Record<number, Hog>>;
  /** The same name is the same chip, whichever process made it: the second one finds it plugged in. Default: a chip of its own. */
  readonly shared?: string;
}

/** One change of a line's level, as the simulator noted it when it happened, whoever caused it. */
export interface NotedChange {
  /** 1 is the first change since the chip was plugged in. */
  readonly number: number;
  /** The kernel's own time stamp: nanoseconds of CLOCK_MONOTONIC, which is also process.hrtime. */
  readonly atNs: bigint;
  readonly level: Level;
}

/**
 * A chip of the kernel's gpio-sim (Documentation/admin-guide/gpio/gpio-sim.rst), as lab/patches/gpio-sim.patch has it. Lines are
 * numbered from 0, on a Pi's chip as its BCM numbers. `name`, `base`, levels and counts are for a chip that is plugged in.
 *
 * The kernel gives numbers in the order of plugging: the first chip is gpiochip0 with base 512, the next begins where it ends.
 */
export class SimulatedChip {
  static #made = 0;

  readonly label: string;
  readonly #plan: ChipPlan;
  readonly #folder: string;

  /** Makes the chip and plugs it in. Remove it in the end: chips outlive the test that made them. */
  constructor(plan: ChipPlan) {
    onlyInTheGuest();
    this.label = plan.label;
    this.#plan = plan;
    SimulatedChip.#made += 1;
    this.#folder = `${configfs}/${plan.shared ?? `test-${process.pid}-${SimulatedChip.#made}`}`;
    if (plan.shared !== undefined && existsSync(this.#folder)) return;
    const bank = `${this.#folder}/bank`;
    mkdirSync(this.#folder);
    mkdirSync(bank);
    writeFileSync(`${bank}/label`, plan.label);
    writeFileSync(`${bank}/num_lines`, String(this.lines));
    for (let line = 0; line < this.lines; line += 1) {
      mkdirSync(`${bank}/line${line}`);
      writeFileSync(`${bank}/line${line}/name`, plan.names?.[line] ?? `GPIO${line}`);
    }
    for (const [line, { name, direction }] of Object.entries(plan.hogs ?? {})) {
      mkdirSync(`${bank}/line${line}/hog`);
      writeFileSync(`${bank}/line${line}/hog/name`, name);
      writeFileSync(`${bank}/line${line}/hog/direction`, direction);
    }
    this.plug();
  }

  get lines(): number {
    return this.#plan.lines ?? 54;
  }

  /** Its device file's name in /dev: "gpiochip0". */
  get name(): string {
    return readAttribute(`${this.#folder}/bank/chip_name`);
  }

  /** The number of line 0 in /sys/class/gpio. */
  get base(): number {
    for (const entry of namesIn(sysfs)) {
      if (entry.startsWith("gpiochip") && readlinkSync(`${sysfs}/${entry}`).includes(`/${this.#device}/`))
        return Number(readAttribute(`${sysfs}/${entry}/base`));
    }
    throw new Error(`${this.label} is not in ${sysfs}`);
  }

  /** The physical level, whoever makes it. */
  level(line: number): Level {
    return readAttribute(`${this.#line(line)}/value`) === "1" ? 1 : 0;
  }

  /** How often the level has changed since the chip was plugged in: a flicker counts twice. */
  changes(line: number): number {
    return Number(readAttribute(`${this.#line(line)}/changes`));
  }

  /** The last 128 changes of the level, the oldest first. */
  history(line: number): readonly NotedChange[] {
    const text = readAttribute(`${this.#line(line)}/history`);
    return (text === "" ? [] : text.split("\n")).map((noted) => {
      const [number, atNs = "", level] = noted.split(" ");
      return { number: Number(number), atNs: BigInt(atNs), level: level === "1" ? 1 : 0 };
    });
  }

  /** Wires the line to 3.3 V or to ground. An input follows, whatever bias its owner asked for; an output does not. */
  drive(line: number, level: Level): void {
    writeFileSync(`${this.#line(line)}/pull`, level === 1 ? "pull-up" : "pull-down");
  }

  /** The file that {@link drive} writes "pull-up" and "pull-down" to. */
  wire(line: number): string {
    return `${this.#line(line)}/pull`;
  }

  /** Takes the wire away: from the next claim on, the bias that the owner asks for makes the level. */
  unwire(line: number): void {
    writeFileSync(`${this.#line(line)}/pull`, "released");
  }

  /** Takes a line as another program does through /sys/class/gpio, whose consumer the kernel calls "sysfs". */
  exportLine(line: number): void {
    writeFileSync(`${sysfs}/export`, String(this.base + line));
  }

  /** Gives back what {@link exportLine} took, or what somebody left exported. */
  unexportLine(line: number): void {
    writeFileSync(`${sysfs}/unexport`, String(this.base + line));
  }

  /** Takes the chip away, whoever uses it. */
  unplug(): void {
    writeFileSync(`${this.#folder}/live`, "0");
  }

  /** Plugs it in again: fresh lines, all inputs, and maybe another number. */
  plug(): void {
    writeFileSync(`${this.#folder}/live`, "1");
  }

  /** Unplugs the chip for good. */
  remove(): void {
    if (readAttribute(`${this.#folder}/live`) === "1") this.unplug();
    for (const line of Object.keys(this.#plan.hogs ?? {})) rmdirSync(`${this.#folder}/bank/line${line}/hog`);
    for (let line = 0; line < this.lines; line += 1) rmdirSync(`${this.#folder}/bank/line${line}`);
    rmdirSync(`${this.#folder}/bank`);
    rmdirSync(this.#folder);
  }

  get #device(): string {
    return readAttribute(`${this.#folder}/dev_name`);
  }

  #line(line: number): string {
    return `/sys/devices/platform/${this.#device}/${this.name}/sim_gpio${line}`;
  }
}

/** Whether a released output keeps its level, as with the kernels of Raspberry Pi OS, or becomes an input, as with mainline. */
export function persistOutputs(persist: boolean): void {
  onlyInTheGuest();
  writeFileSync(persistParameter, persist ? "1" : "0");
}
