import type { Level } from "../../../src/core/hardware/gpio.ts";
import { FakeClock } from "../clock.ts";
import { FakeTree } from "../tree.ts";
import { type KernelLine, KernelLines, type LineRequest } from "./kernel-lines.ts";
import { FakeKoffi } from "./koffi.ts";
import * as structures from "./line-structures.ts";

/** How a chip is made that is not the header's. */
export interface ChipPlan {
  readonly label?: string;
  readonly lines?: number;
  /** The number of its file in /dev. */
  readonly number?: number;
  readonly clock?: FakeClock;
  /** Its device on the I2C bus, such as "1-0020", and what the kernel calls that. */
  readonly device?: string;
  readonly part?: string;
  /** Whether it can report edges. */
  readonly interrupts?: boolean;
}

/**
 * /dev/gpiochip0 as Linux 6.12 of Raspberry Pi OS has it, seen through a pretended koffi: lines are requested by version 2 of
 * the character device's commands, take initial levels, pulls and debounce periods, and stay driven when they are released.
 *
 * A chip on a bus that does not answer fails claims and reads, and hides that a write failed, as its drivers do.
 */
export class FakeGpiochip extends FakeTree {
  readonly clock: FakeClock;
  readonly lines: KernelLines;
  readonly label: string;
  /** What opening the chip answers before udev has given it to us. */
  forbiddenUntilMs = 0;
  /** Whether the chip can be opened; an unplugged one is back when its file is there again too. */
  isThere = true;
  /** Whether a chip on a bus answers there. */
  answers = true;
  /** Whether lines are held low from outside, whatever drives them high. */
  readonly heldLow = new Set<number>();
  /** The files of requested lines that are open, by their numbers. */
  readonly requests = new Map<number, LineRequest>();
  readonly #chips = new Set<number>();
  #lastFile = 10;
  readonly #others: FakeGpiochip[] = [];
  readonly #plan: ChipPlan;
  #number: number;
  #koffi = new FakeKoffi({
    open: (path: string) => this.#open(path),
    close: (file: number) => this.#close(file),
    ioctl: (file: number, command: number, buffer: Uint8Array) =>
      this.#ioctl(file, command, new DataView(buffer.buffer)),
    read: (file: number, buffer: Uint8Array) => this.#read(file, buffer),
  });
  /** What the next system calls answer instead of doing their work, such as EIO for "ioctl". */
  readonly failing = this.#koffi.failing;

  constructor(plan: ChipPlan = {}) {
    super({ "/dev/null": "" });
    const { label = "pinctrl-bcm2711", lines = 58, number = 0, clock = new FakeClock() } = plan;
    this.#plan = plan;
    this.#number = number;
    this.#lastFile = 10 + 1_000 * number;
    this.label = label;
    this.clock = clock;
    this.lines = new KernelLines(lines, clock, () => this.#koffi.wake());
    // An old name of the first chip, which cannot be opened here.
    if (number === 0) this.files.set("/dev/gpiochip4", "");
    this.#addFiles();
  }

  /** Another chip on the same machine. It needs a number of its own, and this chip's clock. */
  plugIn(other: FakeGpiochip): void {
    this.#others.push(other);
    other.#koffi = this.#koffi;
    for (const [path, text] of other.files) this.files.set(path, text);
    Object.assign(other, { files: this.files });
  }

  /** The chip is back: fresh lines, all inputs that nobody holds, with another number in /dev. */
  plugAgain(number: number): void {
    this.#number = number;
    this.isThere = true;
    this.answers = true;
    for (let offset = 0; offset < this.lines.count; offset += 1)
      Object.assign(this.line(offset), { direction: "in", owner: undefined, consumer: "", levels: [0] });
    this.#addFiles();
  }

  #addFiles(): void {
    const { device, part } = this.#plan;
    this.files.set(`/dev/gpiochip${this.#number}`, "");
    if (device === undefined) return;
    const folder = `/sys/bus/i2c/devices/${device}`;
    this.files.set(`${folder}/gpiochip${this.#number}/dev`, "");
    if (part !== undefined) this.files.set(`${folder}/name`, `${part}\n`);
  }

  /** The line at an offset, which must be one of the chip's. */
  line(offset: number): KernelLine {
    return this.lines.at(offset);
  }

  /** The physical level of a line. */
  level(offset: number): Level {
    return this.lines.level(offset);
  }

  /** Somebody outside moves a line. */
  drive(offset: number, level: Level): void {
    this.lines.drive(offset, level);
  }

  /** The chip is unplugged: its files answer nothing but errors. */
  unplug(): void {
    this.isThere = false;
    this.files.delete(`/dev/gpiochip${this.#number}`);
    this.files.delete(`/sys/bus/i2c/devices/${this.#plan.device}/gpiochip${this.#number}/dev`);
    for (const request of this.requests.values()) request.gone = true;
    this.#koffi.wake();
  }

  /** The module that `import("koffi")` gives. */
  get koffi() {
    return this.#koffi.module;
  }

  #open(path: string): number {
    const other = this.#others.find((chip) => path === `/dev/gpiochip${chip.#number}`);
    if (other !== undefined) return other.#open(path);
    if (!this.isThere || path !== `/dev/gpiochip${this.#number}`) return this.#koffi.fail("ENOENT");
    if (this.clock.monotonicMs() < this.forbiddenUntilMs) return this.#koffi.fail("EACCES");
    this.#lastFile += 1;
    this.#chips.add(this.#lastFile);
    return this.#lastFile;
  }

  #close(file: number): number {
    const other = this.#others.find((chip) => chip.#has(file));
    if (other !== undefined) return other.#close(file);
    const request = this.requests.get(file);
    if (request !== undefined) this.lines.release(request);
    this.requests.delete(file);
    return this.#chips.delete(file) || request !== undefined ? 0 : this.#koffi.fail("EBADF");
  }

  #has(file: number): boolean {
    return this.#chips.has(file) || this.requests.has(file);
  }

  #ioctl(file: number, command: number, view: DataView): number {
    const other = this.#others.find((chip) => chip.#has(file));
    if (other !== undefined) return other.#ioctl(file, command, view);
    if (this.#chips.has(file)) return this.#chipCommand(command, view);
    const request = this.requests.get(file);
    if (request === undefined) return this.#koffi.fail("EBADF");
    if (request.gone) return this.#koffi.fail("ENODEV");
    return this.#lineCommand(request, command, view);
  }

  #chipCommand(command: number, view: DataView): number {
    if (command === structures.command.chipInfo) {
      structures.fillChipInfo(view, `gpiochip${this.#number}`, this.label, this.lines.count);
      return 0;
    }
    if (command === structures.command.lineInfo) {
      const offset = structures.askedLine(view);
      structures.fillLineInfo(view, `GPIO${offset}`, this.line(offset));
      return 0;
    }
    return this.#request(view);
  }

  #request(view: DataView): number {
    const offsets = structures.requestedOffsets(view);
    if (offsets.some((offset) => offset >= this.lines.count)) return this.#koffi.fail("EINVAL");
    if (offsets.some((offset) => this.line(offset).consumer !== "")) return this.#koffi.fail("EBUSY");
    const settings = structures.readConfig(view, structures.configInRequest, offsets.length);
    const { interrupts = true } = this.#plan;
    if (!interrupts && settings.some(({ edges }) => edges)) return this.#koffi.fail("ENXIO");
    if (!this.answers && settings.some(({ direction }) => direction !== "as is")) return this.#koffi.fail("EREMOTEIO");
    this.#lastFile += 1;
    this.requests.set(this.#lastFile, this.lines.claim(offsets, "pi2mqtt", settings));
    structures.fillRequestedFile(view, this.#lastFile);
    return 0;
  }

  #lineCommand(request: LineRequest, command: number, view: DataView): number {
    if (command === structures.command.setConfig) {
      this.lines.configure(request, structures.readConfig(view, 0, request.offsets.length));
      return 0;
    }
    if (command === structures.command.getValues) {
      if (!this.answers) return this.#koffi.fail("EREMOTEIO");
      structures.fillValues(view, request.offsets, (offset) =>
        this.heldLow.has(offset) ? 0 : this.lines.shown(request, offset),
      );
      return 0;
    }
    for (const { offset, level } of structures.readValues(view, request.offsets)) {
      if (this.line(offset).direction !== "out") return this.#koffi.fail("EPERM");
      if (this.answers) this.lines.set(offset, level);
    }
    return 0;
  }

  #read(file: number, buffer: Uint8Array): number {
    const other = this.#others.find((chip) => chip.#has(file));
    if (other !== undefined) return other.#read(file, buffer);
    const request = this.requests.get(file);
    if (request === undefined) return this.#koffi.fail("EBADF");
    if (request.gone) return this.#koffi.fail("ENODEV");
    const events = request.events.splice(0, Math.floor(buffer.byteLength / structures.eventBytes));
    if (events.length === 0) return this.#koffi.fail("EAGAIN");
    for (const [index, event] of events.entries())
      buffer.set(structures.encodeEvent(event), index * structures.eventBytes);
    return events.length * structures.eventBytes;
  }
}
