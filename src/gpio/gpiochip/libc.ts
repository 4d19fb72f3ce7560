import type { GpioPorts } from "../../core/hardware/gpio.ts";
import { type CLibrary, loadCLibrary } from "../../core/hardware/native.ts";
import { Epoll } from "./epoll.ts";
import type { Watch } from "./watch.ts";

/** The system calls that the character device needs. A call that fails throws an error with a `code`, as Node.js does. */
export interface Libc {
  /** Opens a device for reading and writing. Returns a file number, which child processes do not inherit. */
  open(path: string): number;
  close(file: number): void;
  /** Carries out a command of a device (ioctl) with a buffer. */
  ioctl(file: number, request: number, buffer: Uint8Array): void;
  /** Makes reading return at once if there is nothing to read. */
  dontBlock(file: number): void;
  /** Reads what is there. Returns the number of bytes, 0 if there is nothing. */
  read(file: number, buffer: Uint8Array): number;
  watch(): Watch;
}

/** Values of the Linux ABI. They are the same on x86 and ARM. */
const readWrite = 2;
const closeOnExec = 0o2000000;
const setStatusFlags = 4;
const nonBlocking = 0o4000;

/** Loads the system calls through the C library. Rejects with a UserError. */
export async function loadLibc(ports: GpioPorts): Promise<Libc> {
  return systemCalls(await loadCLibrary(ports, "onoff serves this Pi"));
}

function systemCalls(library: CLibrary): Libc {
  const { checked, failure } = library;
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
    watch: () => new Epoll(library),
  };
}
