import type { Level } from "../../../src/core/hardware/gpio.ts";
import type { KernelLine, LineEvent, LineSettings } from "./kernel-lines.ts";

/**
 * The structures of version 2 of the character device's commands (include/uapi/linux/gpio.h), as the kernel reads and fills
 * them. They share no code with the program's own side of the same bytes, so a mistake there cannot be repeated here.
 */

/** Numbers of commands; the chip's remaining one requests lines, that of requested lines sets levels. */
export const command = {
  chipInfo: 0x8044b401,
  lineInfo: 0xc100b405,
  setConfig: 0xc110b40d,
  getValues: 0xc010b40e,
} as const;

/** The bytes of a `struct gpio_v2_line_event`. */
export const eventBytes = 48;
/** Where a `struct gpio_v2_line_request` has its `struct gpio_v2_line_config`. */
export const configInRequest = 288;

const flag = { used: 1, input: 4, output: 8, edges: 16 | 32, pullUp: 256, pullDown: 512 };
const attributeId = { flags: 1, outputValues: 2, debounce: 3 };

/** Fills a `struct gpiochip_info`. */
export function fillChipInfo(view: DataView, name: string, label: string, lines: number): void {
  fillText(view, 0, name);
  fillText(view, 32, label);
  view.setUint32(64, lines, true);
}

/** Which line a `struct gpio_v2_line_info` asks for. */
export function askedLine(view: DataView): number {
  return view.getUint32(64, true);
}

/** Fills a `struct gpio_v2_line_info`. A line without a consumer is free. */
export function fillLineInfo(view: DataView, name: string, { consumer, direction }: KernelLine): void {
  fillText(view, 0, name);
  fillText(view, 32, consumer);
  const used = consumer === "" ? 0 : flag.used;
  view.setBigUint64(72, BigInt(used | (direction === "out" ? flag.output : flag.input)), true);
}

/** The offsets that a `struct gpio_v2_line_request` wants. */
export function requestedOffsets(view: DataView): readonly number[] {
  return Array.from({ length: view.getUint32(560, true) }, (_, place) => view.getUint32(place * 4, true));
}

/** Writes into a `struct gpio_v2_line_request` which file its lines are. */
export function fillRequestedFile(view: DataView, file: number): void {
  view.setInt32(588, file, true);
}

/** What a `struct gpio_v2_line_config`, which begins `at` a byte, wants of so many lines. */
export function readConfig(view: DataView, at: number, lines: number): readonly LineSettings[] {
  const common = Number(view.getBigUint64(at, true));
  const wanted = Array.from({ length: lines }, () => ({ flags: common, level: 0 as Level, debounceMs: 0 }));
  for (let index = 0; index < view.getUint32(at + 8, true); index += 1) {
    const attribute = at + 32 + index * 24;
    const id = view.getUint32(attribute, true);
    const value = view.getBigUint64(attribute + 8, true);
    const mask = view.getBigUint64(attribute + 16, true);
    for (const [place, line] of wanted.entries()) {
      if (bitOf(mask, place) === 0) continue;
      if (id === attributeId.flags) line.flags = Number(value);
      if (id === attributeId.outputValues) line.level = bitOf(value, place);
      // Four bytes of the eight, in microseconds.
      if (id === attributeId.debounce) line.debounceMs = view.getUint32(attribute + 8, true) / 1000;
    }
  }
  return wanted.map(({ flags, ...line }) => ({
    ...line,
    direction: directionOf(flags),
    pull: pullOf(flags),
    edges: (flags & flag.edges) !== 0,
  }));
}

/** The lines that a `struct gpio_v2_line_values` is about, and the levels that it has for them. */
export function readValues(view: DataView, offsets: readonly number[]): readonly { offset: number; level: Level }[] {
  const bits = view.getBigUint64(0, true);
  const mask = view.getBigUint64(8, true);
  return offsets
    .map((offset, place) => ({ offset, level: bitOf(bits, place), isAsked: bitOf(mask, place) === 1 }))
    .filter(({ isAsked }) => isAsked);
}

/** Fills a `struct gpio_v2_line_values` with the levels of the lines that it asks for; the others get a 0. */
export function fillValues(view: DataView, offsets: readonly number[], levelOf: (offset: number) => Level): void {
  const mask = view.getBigUint64(8, true);
  const bits = offsets.map((offset, place) => BigInt(levelOf(offset)) << BigInt(place));
  const all = bits.reduce((some, bit) => some | bit, 0n);
  view.setBigUint64(0, all & mask, true);
}

/** A `struct gpio_v2_line_event`. */
export function encodeEvent({ atMs, offset, level, count }: LineEvent): Uint8Array {
  const bytes = new Uint8Array(eventBytes);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(Math.round(atMs * 1e6)), true);
  view.setUint32(8, level === 1 ? 1 : 2, true);
  view.setUint32(12, offset, true);
  view.setUint32(20, count, true);
  return bytes;
}

function directionOf(flags: number): LineSettings["direction"] {
  if ((flags & flag.output) !== 0) return "out";
  return (flags & flag.input) !== 0 ? "in" : "as is";
}

function pullOf(flags: number): LineSettings["pull"] {
  if ((flags & flag.pullDown) !== 0) return "down";
  return (flags & flag.pullUp) !== 0 ? "up" : "none";
}

function bitOf(bits: bigint, place: number): Level {
  return (bits >> BigInt(place)) & 1n ? 1 : 0;
}

function fillText(view: DataView, at: number, text: string): void {
  new Uint8Array(view.buffer).set(new TextEncoder().encode(text), view.byteOffset + at);
}
