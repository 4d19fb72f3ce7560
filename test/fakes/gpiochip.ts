import type { Level } from "../../src/core/gpio.ts";
import { FakeClock } from "./clock.ts";
import { FakeTree } from "./tree.ts";

interface FakeLine {
  direction: "in" | "out";
  /** Every physical level since the start. */
  levels: Level[];
  owner?: Request | undefined;
  consumer: string;
}

interface LineSettings {
  flags: number;
  debounceMs: number;
}

/** Lines that were requested together: one file. */
interface Request {
  readonly offsets: readonly number[];
  settings: LineSettings[];
  /** The levels that debounced lines show. */
  readonly steady: Map<number, Level>;
  readonly counts: Map<number, number>;
  readonly events: Uint8Array[];
  gone: boolean;
}

const errno = { EACCES: 13, EAGAIN: 11, EBADF: 9, EBUSY: 16, EINVAL: 22, EIO: 5, ENODEV: 19, ENOENT: 2, EPERM: 1 };
type Code = keyof typeof errno;
const flag = { used: 1, input: 4, output: 8, pullUp: 256, pullDown: 512 };

/**
 * /dev/gpiochip0 as Linux 6.12 of Raspberry Pi OS has it, seen through a pretended koffi: lines are requested by version 2 of
 * the character device's commands, take initial levels, pulls and debounce periods, and stay driven when they are released.
 */
export class FakeGpiochip extends FakeTree {
  readonly clock = new FakeClock();
  readonly lines: FakeLine[];
  readonly label: string;
  /** What the next system calls answer instead of doing their work, such as EIO for "ioctl". */
  readonly failing = new Map<string, Code>();
  /** What opening the chip answers before udev has given it to us. */
  forbiddenUntilMs = 0;
  isThere = true;
  /** How many files of requested lines are open. */
  readonly requests = new Map<number, Request>();
  readonly #chips = new Set<number>();
  #lastFile = 10;
  #errno = 0;
  #waiting: (() => void) | undefined;
  #woken = false;

  constructor({ label = "pinctrl-bcm2711", lines = 58 } = {}) {
    super({ "/dev/gpiochip0": "", "/dev/gpiochip4": "", "/dev/null": "" });
    this.label = label;
    this.lines = Array.from({ length: lines }, () => ({ direction: "in", levels: [0], consumer: "" }));
  }

  line(offset: number): FakeLine {
    return this.lines[offset] as FakeLine;
  }

  level(offset: number): Level {
    return this.line(offset).levels.at(-1) ?? 0;
  }

  /** Somebody outside moves a line. */
  drive(offset: number, level: Level): void {
    const line = this.line(offset);
    if (line.direction === "out" || this.level(offset) === level) return;
    line.levels.push(level);
    const { owner } = line;
    if (owner === undefined) return;
    const { debounceMs } = owner.settings[owner.offsets.indexOf(offset)] as LineSettings;
    if (debounceMs === 0) {
      this.#emit(owner, offset, level);
      return;
    }
    const count = line.levels.length;
    this.clock.after(debounceMs, () => {
      if (line.levels.length !== count || owner.steady.get(offset) === level) return;
      owner.steady.set(offset, level);
      this.#emit(owner, offset, level);
    });
  }

  /** The chip is unplugged: its files answer nothing but errors. */
  unplug(): void {
    this.isThere = false;
    this.files.delete("/dev/gpiochip0");
    for (const request of this.requests.values()) request.gone = true;
    this.#wake();
  }

  /** The module that `import("koffi")` gives. */
  get koffi() {
    const functions: Record<string, (...values: never[]) => number> = {
      open: (path: string) => this.#open(path),
      close: (file: number) => this.#close(file),
      ioctl: (file: number, request: number, buffer: Uint8Array) =>
        this.#ioctl(file, request, new DataView(buffer.buffer)),
      read: (file: number, buffer: Uint8Array) => this.#read(file, buffer),
      fcntl: () => 0,
      epoll_create1: () => 3,
      epoll_ctl: () => 0,
      eventfd: () => 4,
      write: () => {
        this.#wake();
        return 8;
      },
    };
    const func = (definition: string) => {
      const name = /\w+(?=\()/.exec(definition)?.[0] ?? "";
      const call = (...values: unknown[]) => {
        const code = this.failing.get(name);
        return code === undefined ? (functions[name]?.(...(values as never[])) ?? 0) : this.#fail(code);
      };
      return Object.assign(call, { async: (...values: unknown[]) => this.#wait(values.at(-1) as () => void) });
    };
    return { load: () => ({ func }), errno: () => this.#errno, os: { errno } };
  }

  #fail(code: Code): number {
    this.#errno = errno[code];
    return -1;
  }

  #open(path: string): number {
    if (!this.isThere || path !== "/dev/gpiochip0") return this.#fail("ENOENT");
    if (this.clock.monotonicMs() < this.forbiddenUntilMs) return this.#fail("EACCES");
    this.#lastFile += 1;
    this.#chips.add(this.#lastFile);
    return this.#lastFile;
  }

  #close(file: number): number {
    const request = this.requests.get(file);
    for (const offset of request?.offsets ?? []) this.line(offset).owner = undefined;
    for (const offset of request?.offsets ?? []) this.line(offset).consumer = "";
    this.requests.delete(file);
    return this.#chips.delete(file) || request !== undefined ? 0 : this.#fail("EBADF");
  }

  #ioctl(file: number, command: number, view: DataView): number {
    if (this.#chips.has(file)) return this.#chipCommand(command, view);
    const request = this.requests.get(file);
    if (request === undefined) return this.#fail("EBADF");
    if (request.gone) return this.#fail("ENODEV");
    if (command === 0xc110b40d) return this.#configure(request, view, 0);
    const mask = view.getBigUint64(8, true);
    const bits = view.getBigUint64(0, true);
    let seen = 0n;
    for (const [index, offset] of request.offsets.entries()) {
      const bit = 1n << BigInt(index);
      if ((mask & bit) === 0n) continue;
      const level = request.steady.get(offset) ?? this.level(offset);
      if (command === 0xc010b40e) seen |= level === 1 ? bit : 0n;
      else if (this.line(offset).direction !== "out") return this.#fail("EPERM");
      else this.#set(offset, (bits & bit) === 0n ? 0 : 1);
    }
    if (command === 0xc010b40e) view.setBigUint64(0, seen, true);
    return 0;
  }

  #chipCommand(command: number, view: DataView): number {
    const write = (at: number, text: string) =>
      new Uint8Array(view.buffer).set(new TextEncoder().encode(text), view.byteOffset + at);
    if (command === 0x8044b401) {
      write(0, "gpiochip0");
      write(32, this.label);
      view.setUint32(64, this.lines.length, true);
      return 0;
    }
    if (command === 0xc100b405) {
      const offset = view.getUint32(64, true);
      const line = this.line(offset);
      write(0, `GPIO${offset}`);
      write(32, line.consumer);
      const used = line.consumer === "" ? 0 : flag.used;
      view.setBigUint64(72, BigInt(used | (line.direction === "out" ? flag.output : flag.input)), true);
      return 0;
    }
    return this.#request(view);
  }

  #request(view: DataView): number {
    const offsets = Array.from({ length: view.getUint32(560, true) }, (_, index) => view.getUint32(index * 4, true));
    if (offsets.some((offset) => offset >= this.lines.length)) return this.#fail("EINVAL");
    if (offsets.some((offset) => this.line(offset).consumer !== "")) return this.#fail("EBUSY");
    const request: Request = {
      offsets,
      settings: [],
      steady: new Map(),
      counts: new Map(),
      events: [],
      gone: false,
    };
    for (const offset of offsets) Object.assign(this.line(offset), { owner: request, consumer: "pi2mqtt" });
    this.#configure(request, view, 288);
    this.#lastFile += 1;
    this.requests.set(this.#lastFile, request);
    view.setInt32(588, this.#lastFile, true);
    return 0;
  }

  /** `struct gpio_v2_line_config` at some place. */
  #configure(request: Request, view: DataView, at: number): number {
    const common = Number(view.getBigUint64(at, true));
    request.settings = request.offsets.map(() => ({ flags: common, debounceMs: 0 }));
    let levels = 0n;
    for (let index = 0; index < view.getUint32(at + 8, true); index += 1) {
      const attribute = at + 32 + index * 24;
      const mask = view.getBigUint64(attribute + 16, true);
      for (const [place, settings] of request.settings.entries()) {
        if ((mask & (1n << BigInt(place))) === 0n) continue;
        const id = view.getUint32(attribute, true);
        if (id === 1) settings.flags = Number(view.getBigUint64(attribute + 8, true));
        if (id === 2) levels = view.getBigUint64(attribute + 8, true);
        if (id === 3) settings.debounceMs = view.getUint32(attribute + 8, true) / 1000;
      }
    }
    for (const [place, offset] of request.offsets.entries()) {
      const { flags, debounceMs } = request.settings[place] as LineSettings;
      const line = this.line(offset);
      if ((flags & flag.output) !== 0) {
        line.direction = "out";
        this.#set(offset, (levels >> BigInt(place)) & 1n ? 1 : 0);
      } else if ((flags & flag.input) !== 0) line.direction = "in";
      if ((flags & flag.pullUp) !== 0) this.#set(offset, 1);
      if ((flags & flag.pullDown) !== 0) this.#set(offset, 0);
      if (debounceMs > 0) request.steady.set(offset, this.level(offset));
    }
    return 0;
  }

  #set(offset: number, level: Level): void {
    if (this.level(offset) !== level) this.line(offset).levels.push(level);
  }

  #emit(owner: Request, offset: number, level: Level): void {
    const event = new Uint8Array(48);
    const view = new DataView(event.buffer);
    const count = (owner.counts.get(offset) ?? 0) + 1;
    owner.counts.set(offset, count);
    view.setBigUint64(0, BigInt(Math.round(this.clock.monotonicMs() * 1e6)), true);
    view.setUint32(8, level === 1 ? 1 : 2, true);
    view.setUint32(12, offset, true);
    view.setUint32(20, count, true);
    owner.events.push(event);
    this.#wake();
  }

  #read(file: number, buffer: Uint8Array): number {
    const request = this.requests.get(file);
    if (request === undefined) return this.#fail("EBADF");
    if (request.gone) return this.#fail("ENODEV");
    const events = request.events.splice(0, Math.floor(buffer.byteLength / 48));
    if (events.length === 0) return this.#fail("EAGAIN");
    for (const [index, event] of events.entries()) buffer.set(event, index * 48);
    return events.length * 48;
  }

  #wait(done: () => void): void {
    this.#waiting = done;
    if (this.#woken) this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#woken = waiting === undefined;
    this.#waiting = undefined;
    if (waiting !== undefined) queueMicrotask(waiting);
  }
}
