/**
 * The binary interface of the character device: version 2 of its commands and structures, stable since Linux 5.10
 * (include/uapi/linux/gpio.h). Sizes and offsets are the same on 32 and 64 bits. All numbers are little-endian on a Pi.
 */

/** The commands (ioctl numbers) for the file of a chip, and for the file of requested lines. */
export const command = {
  chipInfo: 0x8044b401,
  lineInfo: 0xc100b405,
  requestLines: 0xc250b407,
  setConfig: 0xc110b40d,
  getValues: 0xc010b40e,
  setValues: 0xc010b40f,
} as const;

/** Flags of a line: what it is, or should be. */
export const flag = {
  used: 1 << 0,
  input: 1 << 2,
  output: 1 << 3,
  risingEdge: 1 << 4,
  fallingEdge: 1 << 5,
  pullUp: 1 << 8,
  pullDown: 1 << 9,
  noPull: 1 << 10,
} as const;

/** How many lines one request can have. */
export const maxLines = 64;
/** How many attributes one request can have. An attribute is a setting that not all lines share. */
export const maxAttributes = 10;
/** The size of an event, in bytes. */
export const eventBytes = 48;

/** The name under which the kernel shows our lines, for example in gpioinfo and in errors of other programs. */
const consumer = "pi2mqtt";

const attributeId = { flags: 1, outputValues: 2, debounce: 3 } as const;
const configBytes = 272;
const attributesAt = 32;
const attributeBytes = 24;

/** A setting for some lines of a request. `lines` are their positions in the request. */
export type Attribute = { readonly lines: readonly number[] } & (
  | { readonly flags: number }
  | { readonly debounceUs: number }
  | { readonly levels: bigint }
);

/** Makes a `struct gpio_v2_line_config`: flags for all lines, and attributes for some. */
export function encodeConfig(flags: number, attributes: readonly Attribute[] = []): Uint8Array {
  const bytes = new Uint8Array(configBytes);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(flags), true);
  view.setUint32(8, attributes.length, true);
  for (const [index, attribute] of attributes.entries()) {
    const at = attributesAt + index * attributeBytes;
    if ("flags" in attribute) {
      view.setUint32(at, attributeId.flags, true);
      view.setBigUint64(at + 8, BigInt(attribute.flags), true);
    } else if ("debounceUs" in attribute) {
      view.setUint32(at, attributeId.debounce, true);
      view.setUint32(at + 8, attribute.debounceUs, true);
    } else {
      view.setUint32(at, attributeId.outputValues, true);
      view.setBigUint64(at + 8, attribute.levels, true);
    }
    view.setBigUint64(at + 16, maskOf(attribute.lines), true);
  }
  return bytes;
}

/** Makes a `struct gpio_v2_line_request`. The kernel writes the file number into it, see {@link requestedFile}. */
export function encodeRequest(offsets: readonly number[], config: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(592);
  const view = new DataView(bytes.buffer);
  for (const [index, offset] of offsets.entries()) view.setUint32(index * 4, offset, true);
  bytes.set(new TextEncoder().encode(consumer), 256);
  bytes.set(config, 288);
  view.setUint32(560, offsets.length, true);
  // How many events the kernel stores. Without this it would be 16 for each line; this is the most that it allows.
  view.setUint32(564, maxLines * 16, true);
  return bytes;
}

/** The file number of the lines that were requested. */
export function requestedFile(request: Uint8Array): number {
  return new DataView(request.buffer).getInt32(588, true);
}

/** Makes a `struct gpio_v2_line_values` for one line or for all. `mask` says which lines are meant, `bits` are their levels. */
export function encodeValues(bits: bigint, mask: bigint): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, bits, true);
  view.setBigUint64(8, mask, true);
  return bytes;
}

/** Reads a `struct gpiochip_info`. */
export function decodeChipInfo(bytes: Uint8Array): { name: string; label: string; lines: number } {
  return {
    name: textAt(bytes, 0),
    label: textAt(bytes, 32),
    lines: new DataView(bytes.buffer).getUint32(64, true),
  };
}

/** An empty `struct gpiochip_info`, which the kernel fills. */
export const emptyChipInfo = () => new Uint8Array(68);

/** Makes a `struct gpio_v2_line_info` that asks for one line. */
export function askLineInfo(offset: number): Uint8Array {
  const bytes = new Uint8Array(256);
  new DataView(bytes.buffer).setUint32(64, offset, true);
  return bytes;
}

/** Reads the kernel's answer to {@link askLineInfo}. */
export function decodeLineInfo(bytes: Uint8Array): { name: string; consumer: string; flags: number } {
  const flags = Number(new DataView(bytes.buffer).getBigUint64(72, true));
  return { name: textAt(bytes, 0), consumer: textAt(bytes, 32), flags };
}

/** An edge: one `struct gpio_v2_line_event`. */
export interface LineEvent {
  /** When it happened: CLOCK_MONOTONIC in milliseconds. */
  readonly atMs: number;
  readonly level: 0 | 1;
  readonly offset: number;
  /** The number of the event among those of this line, from 1. If a number is missing, the kernel could not store that event. */
  readonly count: number;
}

/** Reads the events in the first `size` bytes. */
export function decodeEvents(bytes: Uint8Array, size: number): readonly LineEvent[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: Math.floor(size / eventBytes) }, (_, index) => {
    const at = index * eventBytes;
    return {
      atMs: Number(view.getBigUint64(at, true)) / 1e6,
      level: view.getUint32(at + 8, true) === 1 ? 1 : 0,
      offset: view.getUint32(at + 12, true),
      count: view.getUint32(at + 20, true),
    };
  });
}

function maskOf(lines: readonly number[]): bigint {
  return lines.reduce((mask, index) => mask | (1n << BigInt(index)), 0n);
}

function textAt(bytes: Uint8Array, start: number): string {
  const end = bytes.indexOf(0, start);
  return new TextDecoder().decode(bytes.subarray(start, end === -1 || end > start + 32 ? start + 32 : end));
}
