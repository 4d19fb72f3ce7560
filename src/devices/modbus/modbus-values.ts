import { isBits, type RegisterType } from "./modbus-frames.ts";

/** How a value stands in registers of two bytes each, with how many bytes. */
const sizes = { uint16: 2, int16: 2, uint32: 4, int32: 4, float32: 4, uint64: 8, int64: 8, float64: 8 } as const;

/** The types of values, in Home Assistant's words. */
export const valueTypes = Object.keys(sizes) as (keyof typeof sizes)[];
export type ValueType = keyof typeof sizes;

/** Where a measure is found, and how it is written there. */
export interface Place {
  readonly register: number;
  readonly type: RegisterType;
  readonly value: ValueType;
  /** Whether the highest word comes first. */
  readonly word_order: "big" | "little";
  /** Whether the high byte of each word comes first. */
  readonly byte_order: "big" | "little";
  readonly multiply: number;
}

/** How many registers or bits a place has. */
export function widthOf({ type, value }: Pick<Place, "type" | "value">): number {
  return isBits(type) ? 1 : sizes[value] / 2;
}

/** The number that these bytes are: those of the measure's own registers, as they came. A bit is 1 or 0. */
export function decode(place: Place, bytes: Uint8Array): number {
  const ordered = inOrder(place, bytes);
  const view = new DataView(ordered.buffer);
  const readers: Readonly<Record<ValueType, () => number>> = {
    uint16: () => view.getUint16(0),
    int16: () => view.getInt16(0),
    uint32: () => view.getUint32(0),
    int32: () => view.getInt32(0),
    float32: () => view.getFloat32(0),
    uint64: () => Number(view.getBigUint64(0)),
    int64: () => Number(view.getBigInt64(0)),
    float64: () => view.getFloat64(0),
  };
  return readers[place.value]() * place.multiply;
}

/** The bytes of a number in registers, for the simulation. */
export function encode(place: Place, number: number): Uint8Array {
  const bytes = new Uint8Array(sizes[place.value]);
  const view = new DataView(bytes.buffer);
  const raw = number / place.multiply;
  const whole = Math.round(raw);
  const writers: Readonly<Record<ValueType, () => void>> = {
    uint16: () => view.setUint16(0, whole),
    int16: () => view.setInt16(0, whole),
    uint32: () => view.setUint32(0, whole),
    int32: () => view.setInt32(0, whole),
    float32: () => view.setFloat32(0, raw),
    uint64: () => view.setBigUint64(0, BigInt(Math.max(0, whole))),
    int64: () => view.setBigInt64(0, BigInt(whole)),
    float64: () => view.setFloat64(0, raw),
  };
  writers[place.value]();
  return inOrder(place, bytes);
}

/** Turns the words, and the bytes in each word, round where the place has them so. Doing it twice changes nothing. */
function inOrder({ word_order, byte_order }: Place, bytes: Uint8Array): Uint8Array {
  const words = Array.from({ length: bytes.length / 2 }, (_, index) => [...bytes.subarray(2 * index, 2 * index + 2)]);
  if (word_order === "little") words.reverse();
  return Uint8Array.from(words.flatMap((word) => (byte_order === "little" ? word.reverse() : word)));
}
