import { type PlacedPart, rowY, size } from "./layout.ts";
import type { WireKind } from "./part.ts";

/** All wires from one position of the header: one line to the channel, one vertical line there, and one line to each port. */
export interface Route {
  readonly position: number;
  readonly wire: WireKind;
  /** The y at which it leaves the header: from the right column at the row, from the left column between this row and the next. */
  readonly from: number;
  /** The y of each port. */
  readonly to: readonly number[];
  /** The x of the vertical line. */
  readonly x: number;
}

/** Finds routes, from left to right, with few crossings. */
export function routesTo(parts: readonly PlacedPart[]): readonly Route[] {
  const nets = new Map<number, { wire: WireKind; to: number[] }>();
  for (const { port, y, position } of parts.flatMap(({ ports }) => ports)) {
    const net = nets.get(position) ?? { wire: port.wire, to: [] };
    net.to.push(y);
    nets.set(position, net);
  }
  const open = [...nets].map(([position, { wire, to }]) => ({
    position,
    wire,
    from: rowY(position) + (position % 2 === 1 ? size.grid / 2 : 0),
    to,
  }));
  const ordered = untangled(open.sort((a, b) => a.from - b.from));
  const { from, to } = size.channel;
  const step = Math.min(14, (to - from) / Math.max(ordered.length - 1, 1));
  const start = (from + to - step * (ordered.length - 1)) / 2;
  return ordered.map((net, index) => ({ ...net, x: Math.round(start + step * index) }));
}

type Net = Omit<Route, "x">;

/** How often two nets cross if the vertical line of the first is left of that of the second. */
function crossings(left: Net, right: Net): number {
  const spans = ({ from, to }: Net, y: number) => y > Math.min(from, ...to) && y < Math.max(from, ...to);
  return Number(spans(left, right.from)) + left.to.filter((y) => spans(right, y)).length;
}

/** Moves one net after the other to where it has the fewest crossings, until no move helps. */
function untangled(nets: readonly Net[]): readonly Net[] {
  let order = [...nets];
  for (let round = 0; round < nets.length; round++) {
    const before = order;
    for (const net of nets)
      order = inserted(
        net,
        order.filter((other) => other !== net),
      );
    if (order.every((net, index) => net === before[index])) break;
  }
  return order;
}

function inserted(net: Net, others: readonly Net[]): Net[] {
  const costs = Array.from({ length: others.length + 1 }, (_, place) =>
    others.reduce((sum, other, index) => sum + (index < place ? crossings(other, net) : crossings(net, other)), 0),
  );
  return others.toSpliced(costs.indexOf(Math.min(...costs)), 0, net);
}
