import { type Answer, type Block, isBits, mostAtOnce } from "./modbus-frames.ts";
import { decode, type Place, widthOf } from "./modbus-values.ts";

/** The blocks to read for these places, fewest first to ask: neighbours are in one block, as many as one request may read. */
export function blocksOf(places: readonly Place[]): readonly Block[] {
  const sorted = [...places].sort((one, other) => one.type.localeCompare(other.type) || one.register - other.register);
  const blocks: Block[] = [];
  for (const { type, register, value } of sorted) {
    const end = register + widthOf({ type, value });
    const last = blocks.at(-1);
    // A register between two that nobody named is not read: some meters refuse a block that has one.
    const isNext = last?.type === type && register <= last.start + last.count;
    if (isNext && end - last.start <= mostAtOnce(type))
      blocks[blocks.length - 1] = { ...last, count: Math.max(last.count, end - last.start) };
    else blocks.push({ type, start: register, count: end - register });
  }
  return blocks;
}

/** Whether a block has all registers of a place. */
export function holds({ type, start, count }: Block, place: Place): boolean {
  return place.type === type && place.register >= start && place.register + widthOf(place) <= start + count;
}

/** The number at a place of a block. NaN where the answer is an exception. */
export function numberAt(place: Place, { start }: Block, answer: Answer): number {
  if ("exception" in answer) return Number.NaN;
  const offset = place.register - start;
  if (isBits(place.type)) return ((answer.data[offset >> 3] ?? 0) >> (offset & 7)) & 1;
  return decode(place, answer.data.slice(2 * offset, 2 * (offset + widthOf(place))));
}
