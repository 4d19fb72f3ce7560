import type { Level } from "../../src/core/hardware/gpio.ts";
import { FakeClock } from "./clock.ts";
import { type KernelLine, KernelLines, type LineRequest } from "./kernel-lines.ts";
import { FakeKoffi } from "./koffi.ts";
import * as structures from "./line-structures.ts";
import { FakeTree } from "./tree.ts";

/**
 * /dev/gpiochip0 as Linux 6.12 of Raspberry Pi OS has it, seen through a pretended koffi: lines are requested by version 2 of
 * the character device's commands, take initial levels, pulls and debounce periods, and stay driven when they are released.
 */
export class FakeGpiochip extends FakeTree {
  readonly clock = new FakeClock();
  readonly lines: KernelLines;
  readonly label: string;
  /** What opening the chip answers before udev has given it to us. */
  forbiddenUntilMs = 0;
  /** Whether the chip can be opened; an unplugged one is back when its file is there again too. */
  isThere = true;
  /** The files of requested lines that are open, by their numbers. */
  readonly requests = new Map<number, LineRequest>();
  readonly #chips = new Set<number>();
  #lastFile = 10;
  readonly #koffi = new FakeKoffi({
    open: (path: string) => this.#open(path),
    close: (file: number) => this.#close(file),
    ioctl: (file: number, command: number, buffer: Uint8Array) =>
      this.#ioctl(file, command, new DataView(buffer.buffer)),
    read: (file: number, buffer: Uint8Array) => this.#read(file, buffer),
  });
  /** What the next system calls answer instead of doing their work, such as EIO for "ioctl". */
  readonly failing = this.#koffi.failing;

  constructor({ label = "pinctrl-bcm2711", lines = 58 } = {}) {
    super({ "/dev/gpiochip0": "", "/dev/gpiochip4": "", "/dev/null": "" });
    this.label = label;
    this.lines = new KernelLines(lines, this.clock, () => this.#koffi.wake());
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
    this.files.delete("/dev/gpiochip0");
    for (const request of this.requests.values()) request.gone = true;
    this.#koffi.wake();
  }

  /** The module that `import("koffi")` gives. */
  get koffi() {
    return this.#koffi.module;
  }

  #open(path: string): number {
    if (!this.isThere || path !== "/dev/gpiochip0") return this.#koffi.fail("ENOENT");
    if (this.clock.monotonicMs() < this.forbiddenUntilMs) return this.#koffi.fail("EACCES");
    this.#lastFile += 1;
    this.#chips.add(this.#lastFile);
    return this.#lastFile;
  }

  #close(file: number): number {
    const request = this.requests.get(file);
    if (request !== undefined) this.lines.release(request);
    this.requests.delete(file);
    return this.#chips.delete(file) || request !== undefined ? 0 : this.#koffi.fail("EBADF");
  }

  #ioctl(file: number, command: number, view: DataView): number {
    if (this.#chips.has(file)) return this.#chipCommand(command, view);
    const request = this.requests.get(file);
    if (request === undefined) return this.#koffi.fail("EBADF");
    if (request.gone) return this.#koffi.fail("ENODEV");
    return this.#lineCommand(request, command, view);
  }

  #chipCommand(command: number, view: DataView): number {
    if (command === structures.command.chipInfo) {
      structures.fillChipInfo(view, "gpiochip0", this.label, this.lines.count);
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
      structures.fillValues(view, request.offsets, (offset) => this.lines.shown(request, offset));
      return 0;
    }
    for (const { offset, level } of structures.readValues(view, request.offsets)) {
      if (this.line(offset).direction !== "out") return this.#koffi.fail("EPERM");
      this.lines.set(offset, level);
    }
    return 0;
  }

  #read(file: number, buffer: Uint8Array): number {
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
