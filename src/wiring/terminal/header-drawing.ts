import type { DeviceSettings } from "../../core/device-settings.ts";
import { atPosition } from "../../core/hardware/header.ts";
import type { NamedChip } from "../../core/hardware/named-chip.ts";
import { chipLines } from "../pins/chip-notes.ts";
import { pinList } from "../pins/pin-list.ts";
import { pinState } from "../pins/pin-state.ts";
import { cut, type InterfacePins, type PlacedPin, pinOwner, placedPins } from "../pins/placed-pin.ts";
import type { SeenLines } from "../pins/seen-lines.ts";
import { type Colour, type Paint, plain, sixteenColours } from "./terminal-colours.ts";

/**
 * The widths of a side's columns: the owner of the pin, its level with the star, its name. Both sides and the middle fit into 80 columns.
 */
const width = { owner: 21, level: 5, name: 6 };

/** The columns for a device's id. Its length is cut in the drawing and in the list alike. */
const idWidth = 20;

/** A text with a width in columns. */
interface Cell {
  readonly text: string;
  readonly colour: Colour;
  readonly columns: number;
}

/** What is known of the header and its pins. */
interface Known {
  readonly pins: readonly PlacedPin[];
  readonly interfaces: readonly InterfacePins[];
  readonly seen: SeenLines;
  readonly paint: Paint;
  /** Whether there is room for the kinds of the devices. */
  readonly showKinds: boolean;
}

/**
 * Draws the header with each device at its pin, and below it a line for each pin and device, and for each named chip. The drawing is 80 columns wide and ends with a
 * line feed. With `colour` it contains the escape codes of the 16 colours that every terminal has.
 */
export function headerDrawing(
  devices: readonly DeviceSettings[],
  interfaces: readonly InterfacePins[],
  seen: SeenLines,
  colour: boolean,
  chips: readonly NamedChip[] = [],
): string {
  const paint = colour ? sixteenColours : plain;
  const pins = placedPins(devices);
  const showKinds = pins.every((pin) => withKind(pin).length <= width.owner);
  const rows = Array.from({ length: 20 }, (_, row) => rowOf(row, { pins, interfaces, seen, paint, showKinds }));
  const border = (left: string, right: string) => `${" ".repeat(36)}${left}──────${right}`;
  const lines = [
    border("┌", "┐"),
    ...rows,
    border("└", "┘"),
    "",
    ...pinList(devices, seen, paint),
    "",
    ...(chips.length === 0 ? [] : [...chipLines(chips).map((line) => ` ${cut(line, 79)}`), ""]),
    explanation(seen),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function rowOf(row: number, known: Known): string {
  const [left, right] = [2 * row + 1, 2 * row + 2];
  const numbers = `${String(left).padStart(2)}  ${String(right).padEnd(2)}`;
  const onLeft = cells(left, known).map((cell) => padding(cell) + known.paint(cell.colour, cell.text));
  const onRight = cells(right, known).map((cell) => known.paint(cell.colour, cell.text) + padding(cell));
  return ` ${onLeft.reverse().join(" ")} │${numbers}│ ${onRight.join(" ")}`;
}

function padding({ text, columns }: Cell): string {
  return " ".repeat(columns - text.length);
}

/** What stands beside a position, from the inside to the outside: name, level, owner. */
function cells(position: number, { pins, interfaces, seen, showKinds }: Known): readonly Cell[] {
  const what = atPosition(position);
  const line = (name: Omit<Cell, "columns">, level: Omit<Cell, "columns">, owner: Omit<Cell, "columns">) => [
    { ...name, columns: width.name },
    { ...level, columns: width.level },
    { ...owner, columns: width.owner },
  ];
  const nothing = { text: "", colour: "plain" } as const;
  if (typeof what !== "number") return line({ text: what ?? "", colour: what ?? "plain" }, nothing, nothing);

  const pin = pins.find((candidate) => candidate.pin === what);
  const held = seen.lines.get(what);
  const { word, colour } = pinState(pin, held);
  const pinInterface = interfaces.find((candidate) => candidate.pins.includes(what))?.name;
  const foreign = cut(held?.consumer ?? pinInterface ?? "", width.owner);
  const owner =
    pin === undefined
      ? { text: foreign, colour: "foreign" as const }
      : { text: showKinds ? withKind(pin) : cut(pinOwner(pin), idWidth), colour: "device" as const };
  const name = { text: `GPIO${what}`, colour: owner.text === "" ? ("free" as const) : owner.colour };
  return line(name, { text: word, colour }, owner);
}

function withKind(pin: PlacedPin): string {
  return `${cut(pinOwner(pin), idWidth)} (${pin.device.kind.kind})`;
}

function explanation({ source, lines }: SeenLines): string {
  if (source === undefined) return "Levels are as configured: this machine shows no GPIO chip of a Raspberry Pi.";
  const asRoot = source.startsWith("/sys/kernel") ? "" : ' ("sudo" shows more)';
  if (lines.size === 0) return `Levels are as configured: nobody holds a pin now${asRoot}.`;
  return `* live, seen in ${source}${asRoot}; the others are as configured.`;
}

/** Whether to write colours: on a terminal, and unless NO_COLOR has any value (no-color.org). */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && (environment["NO_COLOR"] ?? "") === "";
}
