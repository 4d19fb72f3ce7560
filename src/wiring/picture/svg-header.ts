import { atPosition } from "../../core/hardware/header.ts";
import type { InterfacePins } from "../pins/placed-pin.ts";
import { ink, type Strokes } from "./colours.ts";
import { rowY, size } from "./layout.ts";
import type { WireKind } from "./part.ts";
import { element, label } from "./svg.ts";

const { columns, names, grid, top } = size;

/** Half the height of a pin and of the name beside it. It leaves a gap for a wire between two rows. */
const half = 8.5;

/** Draws the header with its 40 pins, seen from above. `used` are the positions from which wires come. */
export function svgHeader(used: ReadonlySet<number>, interfaces: readonly InterfacePins[], strokes: Strokes): string {
  const body = element("rect", {
    x: columns[0] - 15,
    y: top - 3,
    width: columns[1] - columns[0] + 30,
    height: 20 * grid + 6,
    rx: 4,
    fill: ink.header,
    stroke: ink.faint,
  });
  const pins = Array.from({ length: 40 }, (_, index) =>
    svgPosition(index + 1, used.has(index + 1), interfaces, strokes),
  );
  return element("g", {}, body, ...pins);
}

function svgPosition(
  position: number,
  isUsed: boolean,
  interfaces: readonly InterfacePins[],
  strokes: Strokes,
): string {
  const what = atPosition(position);
  if (what === undefined) return "";
  const wire: WireKind = typeof what === "number" ? { pin: what } : { supply: what };
  const colour = strokes.colour(wire);
  const name = typeof what === "number" ? `GPIO${what}` : what;
  const pinInterface = interfaces.find(({ pins }) => typeof what === "number" && pins.includes(what))?.name;
  return element(
    "g",
    {},
    svgPin(position, isUsed || "supply" in wire ? colour : undefined),
    svgName(position, name, isUsed ? colour : undefined),
    ...(pinInterface === undefined || isUsed ? [] : [svgInterface(position, pinInterface)]),
  );
}

/** A pin with its number, gold unless it is a supply or in use. */
function svgPin(position: number, colour: string | undefined): string {
  const x = position % 2 === 1 ? columns[0] : columns[1];
  const y = rowY(position);
  const fill = colour ?? ink.pin;
  const shape =
    position === 1
      ? element("rect", { x: x - half, y: y - half, width: 2 * half, height: 2 * half, fill })
      : element("circle", { cx: x, cy: y, r: half, fill });
  const number = { anchor: "middle", fontSize: 9, fill: colour === undefined ? ink.text : ink.paper } as const;
  return shape + label(String(position), x, y, number);
}

/** What a position carries, on the colour of its wire where it has one. */
function svgName(position: number, name: string, colour: string | undefined): string {
  const x = position % 2 === 1 ? names.left : names.right;
  const y = rowY(position);
  const frame = { x, y: y - half, width: names.width, height: 2 * half, rx: half };
  const text = { anchor: "middle", fontSize: 11 } as const;
  return colour === undefined
    ? element("rect", { ...frame, fill: ink.free, stroke: ink.line }) +
        label(name, x + names.width / 2, y, { ...text, fill: ink.faint })
    : element("rect", { ...frame, fill: colour }) +
        label(name, x + names.width / 2, y, { ...text, fill: ink.paper, weight: 600 });
}

/** The name of the interface that has the position, unless a wire leaves the header there. */
function svgInterface(position: number, name: string): string {
  const look = { fontSize: 10, fill: ink.faint } as const;
  const y = rowY(position);
  return position % 2 === 1
    ? label(name, names.left - 5, y, { anchor: "end", ...look })
    : label(name, names.right + names.width + 5, y, { anchor: "start", ...look });
}
