import { explain, UserError } from "../../core/errors.ts";
import type { GpioPorts } from "../../core/gpio.ts";
import { Epoll } from "./epoll.ts";

/** Calls the task whenever a file has something to read, without a thread for each file. */
export interface Watch {
  add(file: number, onReadable: () => void): void;
  /** Must come before the file is closed. */
  remove(file: number): void;
  /** Ends the waiting; resolves when no thread waits any more. */
  close(): Promise<void>;
}

/** The system calls that the character device needs. A call that fails throws an error with a `code`, as Node.js does. */
export interface Libc {
  /** Opens a device for reading and writing; a file number that is not handed on to child processes. */
  open(path: string): number;
  close(file: number): void;
  /** Carries out a device's own command on a buffer. */
  ioctl(file: number, request: number, buffer: Uint8Array): void;
  /** Makes reading return at once, also when there is nothing. */
  dontBlock(file: number): void;
  /** Reads what is there; the number of bytes, 0 when there is nothing. */
  read(file: number, buffer: Uint8Array): number;
  watch(): Watch;
}

/** What is used of koffi (koffi.dev). */
export interface Koffi {
  load(path: null): { func(definition: string): NativeFunction };
  errno(): number;
  readonly os: { readonly errno: Readonly<Record<string, number>> };
}

/** A function of the C library; `async` runs it on another thread and hands the result to the last argument. */
export interface NativeFunction {
  (...values: readonly unknown[]): number;
  async(...values: readonly unknown[]): void;
}

/** Values of the Linux ABI, the same on x86 and ARM. */
const readWrite = 2;
const closeOnExec = 0o2000000;
const setStatusFlags = 4;
const nonBlocking = 0o4000;

/** Loads the C library through koffi, which comes prebuilt for every Pi but those with an ARMv6 processor. */
export async function loadLibc({ load, machine }: GpioPorts): Promise<Libc> {
  // Its 32-bit build is made of ARMv7 instructions: loading it there would end the whole process (readelf: Tag_CPU_arch v7).
  if (machine === "armv6l")
    throw new UserError("the package koffi has no build for this processor (ARMv6)", { hint: "onoff serves this Pi" });
  try {
    const module = (await load("koffi")) as { default?: Koffi } & Koffi;
    return libcThrough(module.default ?? module);
  } catch (cause) {
    throw new UserError(`the package koffi cannot be loaded (${explain(cause).split("\n")[0]})`, {
      hint: 'run "npm install" again without --omit=optional',
      cause,
    });
  }
}

function libcThrough(koffi: Koffi): Libc {
  const library = koffi.load(null);
  // Some numbers have two names; EAGAIN is the one that Node.js uses too.
  const names = new Map(Object.entries(koffi.os.errno).map(([name, number]) => [number, name]));
  names.set(koffi.os.errno["EAGAIN"] ?? 11, "EAGAIN");
  const failure = (call: string) => {
    const code = names.get(koffi.errno()) ?? `errno ${koffi.errno()}`;
    return Object.assign(new Error(`${code}: ${call}`), { code });
  };
  const checked = (call: string, result: number) => {
    if (result < 0) throw failure(call);
    return result;
  };

  const open = library.func("int open(const char *path, int flags)");
  const close = library.func("int close(int file)");
  const ioctl = library.func("int ioctl(int file, unsigned long request, void *buffer)");
  const fcntl = library.func("int fcntl(int file, int command, int value)");
  const read = library.func("long read(int file, void *buffer, size_t size)");
  return {
    open: (path) => checked(`open ${path}`, open(path, readWrite | closeOnExec)),
    close: (file) => void close(file),
    ioctl: (file, request, buffer) => void checked("ioctl", ioctl(file, request, buffer)),
    dontBlock: (file) => void checked("fcntl", fcntl(file, setStatusFlags, nonBlocking)),
    read(file, buffer) {
      const size = read(file, buffer, buffer.byteLength);
      if (size >= 0) return size;
      const error = failure("read");
      if (error.code === "EAGAIN" || error.code === "EINTR") return 0;
      throw error;
    },
    watch: () => new Epoll(library, checked),
  };
}
