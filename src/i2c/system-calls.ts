import { type CLibrary, countedCall, loadCLibrary, type NativePorts } from "../core/hardware/native.ts";

/** The system calls that I2C needs. A call that fails throws or rejects with an error that has a `code`, as in Node.js. */
export interface SystemCalls {
  /** The size of a pointer of this process, in bytes: 4 in a 32-bit system, also where its kernel has 64 bits. */
  readonly pointerBytes: number;
  /** Opens a device for reading and writing. Returns a file number, which child processes do not inherit. */
  open(path: string): number;
  close(file: number): void;
  /** Carries out a command that does not wait for the bus, with a number. */
  ioctl(file: number, request: number, value: number): void;
  /** Carries out a command on another thread, so that a bus that hangs stops nothing else. `address` is that of {@link allocate}. */
  ioctlMeanwhile(file: number, request: number, address: number): Promise<void>;
  /** The address of memory that never moves. It is never given back. */
  allocate(bytes: number): number;
  put(address: number, bytes: Uint8Array): void;
  take(address: number, bytes: number): Uint8Array;
}

/** Values of the Linux ABI. They are the same on x86 and ARM. */
const readWrite = 2;
const closeOnExec = 0o2000000;

/** Loads the system calls through the C library. Rejects with a UserError. */
export async function loadSystemCalls(ports: NativePorts): Promise<SystemCalls> {
  return systemCalls(await loadCLibrary(ports, "this Pi can only read parts for which the kernel has a driver"));
}

function systemCalls(library: CLibrary): SystemCalls {
  const { checked, failure, pointerBytes } = library;
  const open = library.func("int open(const char *path, int flags)");
  const close = library.func("int close(int file)");
  const ioctl = library.func("int ioctl(int file, unsigned long request, uintptr_t value)");
  const malloc = library.func("uintptr_t malloc(size_t size)");
  const copyTo = library.func("uintptr_t memcpy(uintptr_t to, const void *from, size_t size)");
  const copyFrom = library.func("uintptr_t memcpy(void *to, uintptr_t from, size_t size)");
  return {
    pointerBytes,
    open: (path) => checked(`open ${path}`, open(path, readWrite | closeOnExec)),
    close: (file) => void close(file),
    ioctl: (file, request, value) => void checked("ioctl", ioctl(file, request, value)),
    ioctlMeanwhile: (file, request, address) =>
      countedCall(
        new Promise((resolve, reject) => {
          ioctl.async(file, request, address, (error: unknown, result: number) => {
            if (error) reject(error);
            else if (result < 0) reject(failure("ioctl"));
            else resolve();
          });
        }),
      ),
    allocate: (bytes) => malloc(bytes),
    put: (address, bytes) => void copyTo(address, bytes, bytes.length),
    take(address, size) {
      const bytes = new Uint8Array(size);
      copyFrom(bytes, address, size);
      return bytes;
    },
  };
}
