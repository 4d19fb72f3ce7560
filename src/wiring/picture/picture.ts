import type { DeviceSettings } from "../../core/device-settings.ts";
import type { NamedChip } from "../../core/hardware/named-chip.ts";
import { notesOn, wrapped } from "../pins/notes.ts";
import type { InterfacePins } from "../pins/placed-pin.ts";
import { ink, strokesFor } from "./colours.ts";
import { headerBottom, type PlacedPart, placeParts, size } from "./layout.ts";
import { partsOf } from "./parts.ts";
import { routesTo } from "./routes.ts";
import { element, label, textElement } from "./svg.ts";
import { svgHeader } from "./svg-header.ts";
import { svgPart } from "./svg-part.ts";
import { svgRoute } from "./svg-routes.ts";

const fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";
const noteHeight = 20;

/**
 * Draws the wiring as a whole SVG file: the header as it lies on the board, the parts, a wire for each connection, and the resistors that
 * are needed. It needs no other file. The same devices give the same bytes. `title` is put at the top, such as the agent's id.
 */
export function wiringPicture(
  devices: readonly DeviceSettings[],
  interfaces: readonly InterfacePins[],
  title: string,
  chips: readonly NamedChip[] = [],
): string {
  const parts = placeParts(partsOf(devices, chips));
  const routes = routesTo(parts);
  const strokes = strokesFor(parts);
  const bottom = Math.max(headerBottom, ...parts.map(({ top, height }) => top + height));
  const notes = notesOn(devices, chips).flatMap((note) => wrapped(note, 124));
  const height = bottom + size.margin + (notes.length === 0 ? 0 : notes.length * noteHeight + 12);
  const used = new Set(routes.map(({ position }) => position));
  const drawing = [
    element("rect", {
      x: 0.5,
      y: 0.5,
      width: size.width - 1,
      height: height - 1,
      rx: 12,
      fill: ink.paper,
      stroke: ink.line,
    }),
    label(`Wiring of ${title}`, size.margin, 36, { anchor: "start", fontSize: 20, fill: ink.text, weight: 600 }),
    label(
      "The header from above: position 1 is square, at the memory card's end. Positions stand in brackets. Wires join only at dots.",
      size.margin,
      62,
      { anchor: "start", fontSize: 12, fill: ink.faint },
    ),
    svgHeader(used, interfaces, strokes),
    ...routes.map((route) => svgRoute(route, portX(parts), strokes)),
    ...parts.map((part) => svgPart(part, strokes)),
    parts.length > 0
      ? ""
      : label("Nothing is wired to the header.", size.box.left, (size.top + headerBottom) / 2, {
          anchor: "middle",
          fontSize: 14,
          fill: ink.faint,
        }),
    ...notes.map((note, index) =>
      label(note, size.margin, bottom + size.margin + 10 + index * noteHeight, {
        anchor: "start",
        fontSize: 12,
        fill: ink.faint,
      }),
    ),
  ];
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${size.width} ${height}`,
    width: size.width,
    height,
    role: "img",
    "font-family": fonts,
  };
  return `${element("svg", attributes, textElement("title", {}, `Wiring of ${title}`), textElement("desc", {}, description(parts)), ...drawing.map((part) => `\n${part}`), "\n")}\n`;
}

/** Wires end at a terminal, or at a resistor where there is none. */
function portX(parts: readonly PlacedPart[]): (y: number) => number {
  const taps = new Set(
    parts.flatMap(({ ports }) => ports.filter(({ port }) => port.terminal === undefined).map(({ y }) => y)),
  );
  return (y) => (taps.has(y) ? size.resistor : size.box.left);
}

/** Every connection in words, for whoever cannot see the picture. */
function description(parts: readonly PlacedPart[]): string {
  const wires = parts.flatMap(({ part, ports }) =>
    ports.flatMap(({ port, position }) => {
      if (port.terminal === undefined) return [];
      const source = "pin" in port.wire ? `GPIO${port.wire.pin}` : port.wire.supply;
      return [`${source} (${position}) to ${port.terminal} of ${part.name}${port.caption ? `, ${port.caption}` : ""}`];
    }),
  );
  return wires.length === 0 ? "Nothing is wired to the header." : `${wires.join("; ")}.`;
}
