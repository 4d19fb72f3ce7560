import type { Libc } from "./libc.ts";
import * as abi from "./line-abi.ts";
import type { Watch } from "./watch.ts";

/** Lines that were requested together: one file of the kernel. A line is known here by its place in the request. */
export class RequestedLines {
  readonly #libc: Libc;
  readonly #file: number;
  readonly #buffer = new Uint8Array(abi.eventBytes * abi.maxLines);
  #watch: Watch | undefined;

  constructor(libc: Libc, file: number) {
    this.#libc = libc;
    this.#file = file;
  }

  /** Calls the function when edges wait. */
  watch(watch: Watch, onReadable: () => void): void {
    this.#libc.dontBlock(this.#file);
    watch.add(this.#file, onReadable);
    this.#watch = watch;
  }

  /** The levels of the lines whose bits are set in the mask, as bits. Throws system errors. */
  levels(mask: bigint): bigint {
    const values = abi.encodeValues(0n, mask);
    this.#libc.ioctl(this.#file, abi.command.getValues, values);
    return new DataView(values.buffer).getBigUint64(0, true);
  }

  /** The edges that wait. Throws system errors. */
  *events(): Generator<abi.LineEvent> {
    for (;;) {
      const size = this.#libc.read(this.#file, this.#buffer);
      yield* abi.decodeEvents(this.#buffer, size);
      if (size < this.#buffer.byteLength) return;
    }
  }

  close(): void {
    this.#watch?.remove(this.#file);
    this.#libc.close(this.#file);
  }
}
