import type { SystemCalls } from "./system-calls.ts";

/** The most bytes that one transaction writes, and the most that it reads. The kernel would take 8192; no part needs so many. */
export const mostBytes = 512;

/** The flag of a message that reads (include/uapi/linux/i2c.h). */
const readFlag = 1;

/** One message of a transaction. */
interface Message {
  readonly address: number;
  readonly reads: boolean;
  readonly at: number;
  readonly length: number;
}

/**
 * Memory for the transaction of one bus: `struct i2c_rdwr_ioctl_data`, two `struct i2c_msg`, and their bytes (include/uapi/linux/i2c.h and
 * i2c-dev.h). The kernel follows the pointers in it, so it must not move while a transaction is under way.
 */
export class Messages {
  readonly #calls: SystemCalls;
  /** The address for the command. */
  readonly at: number;
  readonly #messagesAt: number;
  readonly #writtenAt: number;
  readonly #readAt: number;

  constructor(calls: SystemCalls) {
    this.#calls = calls;
    const structures = 64;
    this.at = calls.allocate(structures + 2 * mostBytes);
    this.#messagesAt = this.at + 16;
    this.#writtenAt = this.at + structures;
    this.#readAt = this.#writtenAt + mostBytes;
  }

  /** Fills in a transaction: a write, a read, or a write and then a read after a repeated start. */
  put(address: number, bytes: readonly number[], length: number): void {
    if (bytes.length > mostBytes || length > mostBytes)
      throw new RangeError(`more than ${mostBytes} bytes at once are not possible`);
    const messages: Message[] = [];
    if (bytes.length > 0 || length === 0)
      messages.push({ address, reads: false, at: this.#writtenAt, length: bytes.length });
    if (length > 0) messages.push({ address, reads: true, at: this.#readAt, length });
    this.#calls.put(this.#writtenAt, Uint8Array.from(bytes));
    this.#calls.put(this.#messagesAt, this.#encode(messages));
    this.#calls.put(this.at, this.#header(messages.length));
  }

  /** The bytes that were read. */
  take(length: number): Uint8Array {
    return this.#calls.take(this.#readAt, length);
  }

  /** `struct i2c_rdwr_ioctl_data`: a pointer to the messages, and how many there are. */
  #header(count: number): Uint8Array {
    const { pointerBytes } = this.#calls;
    const bytes = new Uint8Array(2 * pointerBytes);
    this.#putPointer(bytes, 0, this.#messagesAt);
    new DataView(bytes.buffer).setUint32(pointerBytes, count, true);
    return bytes;
  }

  /** `struct i2c_msg`: address, flags and length of 16 bits each, and a pointer, which is aligned to its own size. */
  #encode(messages: readonly Message[]): Uint8Array {
    const size = 8 + this.#calls.pointerBytes;
    const bytes = new Uint8Array(messages.length * size);
    const view = new DataView(bytes.buffer);
    for (const [index, { address, reads, at, length }] of messages.entries()) {
      view.setUint16(index * size, address, true);
      view.setUint16(index * size + 2, reads ? readFlag : 0, true);
      view.setUint16(index * size + 4, length, true);
      this.#putPointer(bytes, index * size + 8, at);
    }
    return bytes;
  }

  #putPointer(bytes: Uint8Array, at: number, pointer: number): void {
    const view = new DataView(bytes.buffer);
    if (this.#calls.pointerBytes === 4) view.setUint32(at, pointer, true);
    else view.setBigUint64(at, BigInt(pointer), true);
  }
}
