import { openSync, readSync, writeFileSync, writeSync } from "node:fs";
import type { Level } from "../../src/core/hardware/gpio.ts";

/**
 * The layout of `struct shared` in stand-in.c: numbers of 32 bits, little endian on every machine that has run this.
 */
const pinCount = 54;
const ringLength = 256;
const pinFields = ["mode", "latch", "pull", "outside", "changes", "filterUs", "frequency", "range", "duty"] as const;
const sampleBytes = 12;
const at = { owner: 0, disabled: 4, written: 8, pins: 12, ring: 12 + pinCount * pinFields.length * 4 };
const open = 2;

/** The pins that the stand-in for pigpio's C library has, seen from outside. */
export class StandInMemory {
  readonly #file: number;

  /** Makes the file anew, with every pin open and nobody at it. */
  constructor(path: string) {
    writeFileSync(path, new Uint8Array(at.ring + ringLength * sampleBytes));
    this.#file = openSync(path, "r+");
    for (let pin = 0; pin < pinCount; pin += 1) this.#write(this.#place(pin, "outside"), open);
  }

  /** The process that has the hardware, or 0. */
  get owner(): number {
    return this.#read(at.owner);
  }

  /** What gpioCfgInterfaces switched off. */
  get disabled(): number {
    return this.#read(at.disabled);
  }

  /** One number of a pin. */
  pin(pin: number, field: (typeof pinFields)[number]): number {
    return this.#read(this.#place(pin, field));
  }

  /** The physical level, whoever drives it. */
  level(pin: number): Level {
    const outside = this.pin(pin, "outside");
    if (this.pin(pin, "mode") === 1) return this.pin(pin, "latch") === 0 ? 0 : 1;
    return outside === open ? (this.pin(pin, "pull") === 2 ? 1 : 0) : outside === 0 ? 0 : 1;
  }

  /** Drives a pin, and puts the change where the library's thread finds it. */
  drive(pin: number, level: Level): void {
    this.#write(this.#place(pin, "outside"), level);
    const written = this.#read(at.written);
    const sample = at.ring + (written % ringLength) * sampleBytes;
    const tick = Number((process.hrtime.bigint() / 1_000n) % 2n ** 32n);
    for (const [index, value] of [pin, level, tick].entries()) this.#write(sample + index * 4, value);
    this.#write(at.written, written + 1);
  }

  #place(pin: number, field: (typeof pinFields)[number]): number {
    return at.pins + (pin * pinFields.length + pinFields.indexOf(field)) * 4;
  }

  #read(offset: number): number {
    const bytes = Buffer.alloc(4);
    readSync(this.#file, bytes, 0, 4, offset);
    return bytes.readUInt32LE();
  }

  #write(offset: number, value: number): void {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    writeSync(this.#file, bytes, 0, 4, offset);
  }
}
