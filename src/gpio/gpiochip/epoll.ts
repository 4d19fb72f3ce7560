import type { CLibrary, NativeFunction } from "../../core/hardware/native.ts";
import type { Watch } from "./watch.ts";

/** Values of the Linux ABI. They are the same on x86 and ARM. */
const closeOnExec = 0o2000000;
const nonBlocking = 0o4000;
const add = 1;
const remove = 2;
const readable = 1;

/**
 * The size of `struct epoll_event` differs: it is packed on x86-64 and not on ARM. Only its first field is used here, so the larger size
 * works on both.
 */
const eventBytes = 16;

/**
 * Waits for all files on one thread of libuv. Node.js itself can wait only for sockets, pipes and terminals, but not for the files of GPIO
 * lines.
 */
export class Epoll implements Watch {
  readonly #calls: Readonly<Record<"control" | "wait" | "write" | "read" | "close", NativeFunction>>;
  readonly #epoll: number;
  /** A file that ends the waiting when something is written to it (eventfd). */
  readonly #wake: number;
  readonly #tasks = new Map<number, () => void>();
  #waiting: Promise<void> | undefined;
  #closed = false;

  constructor(library: CLibrary) {
    const { checked } = library;
    this.#calls = {
      control: library.func("int epoll_ctl(int epoll, int operation, int file, void *event)"),
      wait: library.func("int epoll_wait(int epoll, void *events, int count, int timeout)"),
      write: library.func("long write(int file, void *buffer, size_t size)"),
      read: library.func("long read(int file, void *buffer, size_t size)"),
      close: library.func("int close(int file)"),
    };
    this.#epoll = checked("epoll_create1", library.func("int epoll_create1(int flags)")(closeOnExec));
    this.#wake = checked(
      "eventfd",
      library.func("int eventfd(unsigned int initial, int flags)")(0, closeOnExec | nonBlocking),
    );
    this.#control(add, this.#wake);
    // Otherwise the process could not end while the thread waits here.
    process.once("exit", this.#end);
  }

  add(file: number, onReadable: () => void): void {
    this.#tasks.set(file, onReadable);
    this.#control(add, file);
    this.#waiting ??= this.#wait();
  }

  remove(file: number): void {
    if (this.#tasks.delete(file)) this.#control(remove, file);
  }

  async close(): Promise<void> {
    process.off("exit", this.#end);
    this.#end();
    await this.#waiting;
    this.#calls.close(this.#wake);
    this.#calls.close(this.#epoll);
  }

  readonly #end = () => {
    this.#closed = true;
    this.#calls.write(this.#wake, new BigUint64Array([1n]), 8);
  };

  async #wait(): Promise<void> {
    const events = new Uint8Array(eventBytes * 8);
    while (!this.#closed) {
      await new Promise<void>((resolve) => this.#calls.wait.async(this.#epoll, events, 8, -1, () => resolve()));
      if (!this.#closed) for (const task of [...this.#tasks.values()]) task();
    }
  }

  #control(operation: number, file: number): void {
    const event = new Uint8Array(eventBytes);
    event[0] = readable;
    this.#calls.control(this.#epoll, operation, file, event);
  }
}
