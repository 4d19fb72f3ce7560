import { atPosition, positionOf, type Supply } from "../../core/hardware/header.ts";
import { type Part, type Port, signalsOf } from "./part.ts";

/** The sizes and positions in the picture, in pixels. The rows of the header are at multiples of `grid` from its top. */
export const size = {
  width: 900,
  margin: 28,
  top: 92,
  grid: 24,
  /** The x of the middle of the header's two columns. */
  columns: [162, 186],
  /** Where the names of the GPIOs begin, left and right, and how wide they are. */
  names: { left: 80, right: 210, width: 58 },
  /** The x between which wires change their row. */
  channel: { from: 284, to: 490 },
  /** The x at which resistors are drawn. */
  resistor: 554,
  box: { left: 580, width: 292, head: 66, foot: 18, gap: 24 },
  /** The distance from one port to the next, without and with a resistor between them. */
  pitch: { plain: 24, resistor: 36 },
} as const;

/** A part and its position. */
export interface PlacedPart {
  readonly part: Part;
  readonly top: number;
  readonly height: number;
  readonly ports: readonly PlacedPort[];
}

/** A port, its position in the picture, and the header position from which its wire comes. */
export interface PlacedPort {
  readonly port: Port;
  readonly y: number;
  readonly position: number;
}

/** The y of the row of a header position. */
export function rowY(position: number): number {
  return size.top + size.grid * (Math.floor((position - 1) / 2) + 0.5);
}

/** The y of the header's lower end. */
export const headerBottom = size.top + 20 * size.grid;

/** Puts each part as near to its pins as the other parts allow. Gives each part the nearest supply positions. */
export function placeParts(parts: readonly Part[]): readonly PlacedPart[] {
  const sorted = parts.toSorted((a, b) => middleOf(a) - middleOf(b));
  const heights = sorted.map((part) => size.box.head + offsetsOf(part).last + size.box.foot);
  const tops = stack(
    sorted.map((part, index) => middleOf(part) - (heights[index] ?? 0) / 2),
    heights,
  );
  const supplies = new Supplies();
  return sorted.map((part, index) => {
    const top = tops[index] ?? 0;
    const { offsets } = offsetsOf(part);
    const own = new Map<Supply, number>();
    const ports = part.ports.map((port, at) => {
      const { wire } = port;
      if ("pin" in wire)
        return { port, y: top + size.box.head + (offsets[at] ?? 0), position: positionOf(wire.pin) ?? 0 };
      const position = own.get(wire.supply) ?? supplies.nearest(wire.supply, middleOf(part));
      own.set(wire.supply, position);
      return { port, y: top + size.box.head + (offsets[at] ?? 0), position };
    });
    return { part, top, height: heights[index] ?? 0, ports };
  });
}

/** The middle of the rows from which a part's signals come. */
function middleOf(part: Part): number {
  const rows = signalsOf(part).map((pin) => rowY(positionOf(pin) ?? 0));
  return rows.reduce((sum, y) => sum + y, 0) / rows.length;
}

/** How far each port is below the first one. */
function offsetsOf({ ports, resistors }: Part): { offsets: readonly number[]; last: number } {
  let offset = 0;
  const offsets = ports.map((_, index) => {
    if (index === 0) return 0;
    const hasResistor = resistors.some(({ below }) => below === index - 1);
    offset += hasResistor ? size.pitch.resistor : size.pitch.plain;
    return offset;
  });
  return { offsets, last: offset };
}

/**
 * Finds tops for boxes that should be at `wanted` and must not overlap. A box is moved down if another is in the way, and all are moved up
 * again if the last one would end below the header. All heights are multiples of half a grid step. So every port is a quarter step away
 * from the header's rows and gaps, and no two wires lie on each other.
 */
function stack(wanted: readonly number[], heights: readonly number[]): readonly number[] {
  const { gap } = size.box;
  const step = size.grid / 2;
  const tops: number[] = [];
  wanted.forEach((y, index) => {
    const free = index === 0 ? size.top : (tops[index - 1] ?? 0) + (heights[index - 1] ?? 0) + gap;
    tops.push(Math.max(size.top + step * Math.round((y - size.top) / step), free));
  });
  const needed = heights.reduce((sum, height) => sum + height + gap, size.top - gap);
  let floor = Math.max(headerBottom, needed);
  for (let index = tops.length - 1; index >= 0; index--) {
    tops[index] = Math.min(tops[index] ?? 0, floor - (heights[index] ?? 0));
    floor = (tops[index] ?? 0) - gap;
  }
  return tops;
}

/** Assigns the header's supply positions to parts. */
class Supplies {
  readonly #taken = new Set<number>();

  /** The free position nearest to `y`; of two equally near ones, the right one. If none is free, the nearest is shared. */
  nearest(supply: Supply, y: number): number {
    const all = Array.from({ length: 40 }, (_, index) => index + 1).filter(
      (position) => atPosition(position) === supply,
    );
    const free = all.filter((position) => !this.#taken.has(position));
    const distance = (position: number) => Math.abs(rowY(position) - y) - (position % 2 === 0 ? 1 : 0);
    const [nearest = 0] = (free.length > 0 ? free : all).sort((a, b) => distance(a) - distance(b));
    this.#taken.add(nearest);
    return nearest;
  }
}
