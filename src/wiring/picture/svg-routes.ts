import { ink, type Strokes } from "./colours.ts";
import { rowY, size } from "./layout.ts";
import type { Route } from "./routes.ts";
import { element } from "./svg.ts";

const radius = 6;

/** The distance from the middle of a pin to its edge, to the right and down. */
const edge = 6;

/**
 * Draws the wires of one header position. A wider line in the colour of the background lies under them, so that a wire seems to pass over
 * those that it crosses. A dot marks where a wire branches, as in a circuit diagram.
 */
export function svgRoute(route: Route, portX: (y: number) => number, strokes: Strokes): string {
  const colour = strokes.colour(route.wire);
  const path = route.to.map((y) => pathTo(route, y, portX(y))).join(" ");
  const rim = element("path", { d: path, stroke: ink.paper, "stroke-width": 5.5 });
  const wire = element("path", {
    d: path,
    stroke: colour,
    "stroke-width": 2.5,
    "stroke-dasharray": strokes.dash(route.wire),
  });
  const dots = branches(route).map((y) =>
    element("circle", { cx: route.x, cy: y, r: 3.6, fill: colour, stroke: "none" }),
  );
  return element("g", { fill: "none" }, rim, wire, ...dots);
}

/** The path from the header's pin to the vertical line, along it, and to the port. From the left column it passes between two rows. */
function pathTo({ position, from, x }: Route, y: number, portX: number): string {
  const start =
    position % 2 === 1
      ? `M${size.columns[0] + edge} ${rowY(position) + edge} L${size.columns[0] + size.grid / 2} ${from}`
      : `M${size.names.right + size.names.width} ${from}`;
  const r = Math.min(radius, Math.abs(y - from) / 2);
  const down = Math.sign(y - from);
  return [
    start,
    `H${x - r}`,
    `Q${x} ${from} ${x} ${from + down * r}`,
    `V${y - down * r}`,
    `Q${x} ${y} ${x + r} ${y}`,
    `H${portX}`,
  ].join(" ");
}

/** The y at which more than two lines meet on the vertical line: everywhere except at its ends. */
function branches({ from, to }: Route): readonly number[] {
  const ends = [Math.min(from, ...to), Math.max(from, ...to)];
  return to.length === 1 ? [] : [from, ...to].filter((y) => !ends.includes(y));
}
