import { cut } from "../pins/placed-pin.ts";
import { ink, type Strokes } from "./colours.ts";
import { type PlacedPart, type PlacedPort, size } from "./layout.ts";
import { element, label, textElement } from "./svg.ts";

const { left, width } = size.box;

/** Draws a part as a box with its terminals at the left edge, and its resistors to the left of it. */
export function svgPart({ part, top, height, ports }: PlacedPart, strokes: Strokes): string {
  const box = element("rect", {
    x: left,
    y: top,
    width,
    height,
    rx: 8,
    fill: ink.box,
    stroke: ink.line,
    "stroke-width": 1.5,
  });
  const name = label(cut(part.name, 28), left + 16, top + 22, {
    anchor: "start",
    fontSize: 14,
    fill: ink.text,
    weight: 600,
  });
  const what = label(cut(part.what, 34), left + 16, top + 39, { anchor: "start", fontSize: 12, fill: ink.faint });
  const terminals = ports.map((port) => svgTerminal(port, strokes));
  const resistors = part.resistors.map(({ below, ohms }) => svgResistor(ports[below], ports[below + 1], ohms, strokes));
  const symbol = part.symbol === "contact" ? svgContact(ports.filter(({ port }) => port.terminal !== undefined)) : "";
  return element("g", {}, textElement("title", {}, part.name), box, name, what, symbol, ...terminals, ...resistors);
}

function svgTerminal({ port, y, position }: PlacedPort, strokes: Strokes): string {
  const { wire, terminal, caption } = port;
  const plain = { anchor: "start", fontSize: 12, fill: ink.text } as const;
  const faint = { fontSize: 11, fill: ink.faint } as const;
  if (terminal === undefined) return label(caption ?? "", left + 62, y, { anchor: "start", ...faint });
  const source = "pin" in wire ? `GPIO${wire.pin}` : wire.supply;
  return element(
    "g",
    {},
    element("rect", { x: left - 5, y: y - 6, width: 10, height: 12, rx: 2, fill: strokes.colour(wire) }),
    label(cut(terminal, 16), left + 16, y, { ...plain, weight: 600 }),
    caption === undefined ? "" : label(cut(caption, 20), left + 62, y, plain),
    label(`${source} (${position})`, left + width - 14, y, { anchor: "end", ...faint }),
  );
}

function svgResistor(
  above: PlacedPort | undefined,
  below: PlacedPort | undefined,
  ohms: number,
  strokes: Strokes,
): string {
  if (above === undefined || below === undefined) return "";
  const x = size.resistor;
  const middle = (above.y + below.y) / 2;
  const dot = ({ port, y }: PlacedPort) => element("circle", { cx: x, cy: y, r: 3.6, fill: strokes.colour(port.wire) });
  return element(
    "g",
    { class: "resistor" },
    element("path", { d: `M${x} ${above.y}V${below.y}`, stroke: ink.text, "stroke-width": 1.5 }),
    element("rect", {
      x: x - 5,
      y: middle - 10,
      width: 10,
      height: 20,
      rx: 2,
      fill: ink.resistor,
      stroke: ink.text,
      "stroke-width": 1.2,
    }),
    dot(above),
    dot(below),
    label(ohms < 1000 ? `${ohms} Ω` : `${ohms / 1000} kΩ`, x - 11, middle, {
      anchor: "end",
      fontSize: 11,
      fill: ink.text,
    }),
  );
}

/** An open contact between its two ends, as in a circuit diagram. */
function svgContact(ends: readonly PlacedPort[]): string {
  const [above, below] = ends;
  if (above === undefined || below === undefined) return "";
  const x = left + 112;
  const stroke = { stroke: ink.faint, "stroke-width": 1.5, fill: "none", "stroke-linecap": "round" };
  const d = `M${x - 14} ${above.y}H${x}V${above.y + 4}M${x} ${below.y - 4}L${x + 10} ${above.y + 6}M${x} ${below.y - 4}V${below.y}H${x - 14}`;
  return element("path", { d, ...stroke });
}
