import type { Level } from "../../../src/core/hardware/gpio.ts";
import type { OnoffGpio } from "../../../src/gpio/onoff/package.ts";
import { FakeTree, systemError } from "../tree.ts";

interface FakeLine {
  direction: "in" | "out";
  edge: string;
  activeLow: boolean;
  /** Every physical level since the line was exported. */
  levels: Level[];
  watcher?: ((error: Error | null) => void) | undefined;
}

const root = "/sys/class/gpio";

/**
 * /sys/class/gpio as Linux 6.12 has it, with the package onoff on top: lines appear when they are exported, their files
 * belong to us only after udev has come by, `direction` takes high and low as physical levels, values obey active_low.
 */
export class FakeSysfs extends FakeTree {
  readonly lines = new Map<number, FakeLine>();
  /** Lines that somebody else holds: export says EBUSY. */
  readonly held = new Set<number>();
  /** Lines that cannot interrupt have no file `edge`. */
  readonly withoutEdge = new Set<number>();
  /** How many looks at a new line's files fail before udev has changed their owner. */
  udevDelayLooks = 2;
  #looks = new Map<number, number>();
  readonly base: number;

  constructor({ label = "pinctrl-bcm2711", base = 512, lines = 58 } = {}) {
    super({
      [`${root}/export`]: "",
      [`${root}/gpiochip${base}/label`]: `${label}\n`,
      [`${root}/gpiochip${base}/base`]: `${base}\n`,
      [`${root}/gpiochip${base}/ngpio`]: `${lines}\n`,
    });
    this.base = base;
  }

  override async writeText(path: string, text: string): Promise<void> {
    if (path === `${root}/export`) return this.export(Number(text));
    await super.writeText(path, text);
  }

  override async isWritable(path: string): Promise<boolean> {
    const number = Number(/\/gpio(\d+)\//.exec(path)?.[1]);
    if (Number.isNaN(number)) return super.isWritable(path);
    const looks = this.#looks.get(number) ?? 0;
    this.#looks.set(number, looks + 1);
    return looks >= this.udevDelayLooks && super.isWritable(path);
  }

  export(number: number): void {
    if (this.held.has(number) || this.lines.has(number)) throw systemError("EBUSY");
    if (number < this.base || number >= this.base + 58) throw systemError("EINVAL");
    const line: FakeLine = { direction: "in", edge: "none", activeLow: false, levels: [0] };
    this.lines.set(number, line);
    const folder = `${root}/gpio${number}`;
    const level = () => line.levels.at(-1) ?? 0;
    this.files.set(`${folder}/direction`, () => line.direction);
    this.files.set(`${folder}/value`, () => String((level() === 1) !== line.activeLow ? 1 : 0));
    this.files.set(`${folder}/active_low`, () => (line.activeLow ? "1" : "0"));
    if (!this.withoutEdge.has(number)) this.files.set(`${folder}/edge`, () => line.edge);
  }

  unexport(number: number): void {
    this.lines.delete(number);
    for (const path of [...this.files.keys()]) if (path.startsWith(`${root}/gpio${number}/`)) this.files.delete(path);
  }

  line(number: number): FakeLine {
    const line = this.lines.get(number);
    if (line === undefined) throw systemError("ENODEV");
    return line;
  }

  /** Somebody outside moves an input. */
  drive(number: number, level: Level): void {
    const line = this.line(number);
    line.levels.push(level);
    line.watcher?.(null);
  }

  /** The module that `import("onoff")` gives. */
  get onoff(): { Gpio: unknown } {
    const sysfs = this;
    class Gpio implements OnoffGpio {
      readonly #number: number;

      constructor(number: number, direction: string, edge: string, options: { reconfigureDirection: boolean }) {
        this.#number = number;
        const line = sysfs.line(number);
        line.activeLow = false;
        if (options.reconfigureDirection || (line.direction === "in") !== (direction === "in"))
          this.setDirection(direction as "high");
        if (direction === "in") line.edge = edge;
      }
      setDirection(direction: "high" | "low" | "in"): void {
        const line = sysfs.line(this.#number);
        line.direction = direction === "in" ? "in" : "out";
        const level = direction === "high" ? 1 : 0;
        if (direction !== "in" && line.levels.at(-1) !== level) line.levels.push(level);
      }
      direction = () => sysfs.line(this.#number).direction;
      edge = () => sysfs.line(this.#number).edge;
      readSync = () => sysfs.line(this.#number).levels.at(-1) ?? 0;
      writeSync(level: Level): void {
        const line = sysfs.line(this.#number);
        if (line.direction === "in") throw systemError("EPERM");
        if (line.levels.at(-1) !== level) line.levels.push(level);
      }
      watch(callback: (error: Error | null) => void): void {
        sysfs.line(this.#number).watcher = callback;
      }
      unexport(): void {
        sysfs.unexport(this.#number);
      }
    }
    return { Gpio };
  }
}
