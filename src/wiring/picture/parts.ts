import { type DeviceSettings, wiringOf } from "../../core/device-settings.ts";
import { partOf } from "../../core/hardware/chip-parts.ts";
import { powerOnPull, pulledUpByBoard, type Supply } from "../../core/hardware/header.ts";
import { chipTitle, type NamedChip } from "../../core/hardware/named-chip.ts";
import { type HeaderPin, isOnHeader, pinOwner, placedPins } from "../pins/placed-pin.ts";
import type { Part, Port, Resistor } from "./part.ts";

/** Strong compared with a Pi's own pull of about 50 kΩ, weak compared with an output. */
const outsideOhms = 10_000;

const supply = (name: Supply): Port["wire"] => ({ supply: name });

/**
 * The parts that are wired to the header. All relays that switch on at the same level are on one board, as they are sold. Pins that are not
 * on the header are left out. Of what is wired to a named chip only the chip itself is a part.
 */
export function partsOf(devices: readonly DeviceSettings[], chips: readonly NamedChip[] = []): readonly Part[] {
  const pins = placedPins(devices).filter(isOnHeader);
  const parts = { relay: [] as HeaderPin[], contact: [] as HeaderPin[], module: [] as HeaderPin[] };
  for (const pin of pins) parts[sortOf(pin)].push(pin);
  return [
    ...grouped(parts.relay, ({ device, activeLow }) => `${activeLow} ${wiringOf(device)?.supply}`).map(relayBoard),
    ...parts.contact.map(contact),
    ...grouped(parts.module, ({ device }) => device.id).map(module),
    ...chips.flatMap(chipPart),
  ];
}

/** What one pin is wired to, by what the device does with it: the pins of one device may lead to several parts. */
function sortOf({ device, role }: HeaderPin): "relay" | "contact" | "module" {
  const { part } = wiringOf(device) ?? {};
  if (role === "input") return part === "sensor" ? "module" : "contact";
  return role === "output" && (part === "relay" || part === "contact") ? "relay" : "module";
}

function grouped(pins: readonly HeaderPin[], key: (pin: HeaderPin) => string): HeaderPin[][] {
  const groups = new Map<string, HeaderPin[]>();
  for (const pin of pins) groups.set(key(pin), [...(groups.get(key(pin)) ?? []), pin]);
  return [...groups.values()].map((group) => group.sort((a, b) => a.position - b.position));
}

/** Collects the ports and resistors of a part from top to bottom. */
class Strip {
  readonly ports: Port[] = [];
  readonly resistors: Resistor[] = [];

  add(...ports: readonly Port[]): void {
    this.ports.push(...ports);
  }

  /** Whether the last port is a wire that leads only to a resistor. */
  endsWithFeed(): boolean {
    return this.ports.length > 0 && this.ports.at(-1)?.terminal === undefined;
  }

  /** Puts a resistor between the last port and the next one. */
  resistor(ohms: number): void {
    this.resistors.push({ below: this.ports.length - 1, ohms });
  }
}

function relayBoard(pins: readonly HeaderPin[]): Part {
  const strip = new Strip();
  const [first] = pins;
  const feed = first && wiringOf(first.device)?.supply;
  if (feed !== undefined) strip.add({ wire: supply(feed), terminal: "VCC" });
  pins.forEach((pin, index) => {
    addOutput(strip, pin, { terminal: pins.length === 1 ? "IN" : `IN${index + 1}`, caption: pinOwner(pin) });
  });
  strip.add({ wire: supply("GND"), terminal: "GND" });
  const onLevel = first?.activeLow ? "low" : "high";
  return { name: "relay board", what: `on when IN is ${onLevel}`, symbol: "none", ...strip };
}

/** While a Pi boots, its own pull decides the level. If that level would mean on, an external resistor must hold the output off. */
function addOutput(strip: Strip, pin: HeaderPin, texts: Omit<Port, "wire">): void {
  const off = pin.activeLow ? "up" : "down";
  const needsResistor = powerOnPull(pin.pin) !== off && !(off === "down" && pulledUpByBoard.includes(pin.pin));
  // One wire to the supply serves the resistors of this output and of the one above.
  const sharesFeed = needsResistor && strip.endsWithFeed();
  if (sharesFeed) strip.resistor(outsideOhms);
  strip.add({ wire: { pin: pin.pin }, ...texts });
  if (!needsResistor || sharesFeed) return;
  strip.resistor(outsideOhms);
  strip.add({ wire: supply(off === "up" ? "3V3" : "GND"), caption: "keeps it off while the Pi boots" });
}

function contact(pin: HeaderPin): Part {
  const strip = new Strip();
  const { pull } = pin;
  const { device_class: deviceClass } = pin.device.options;
  if (pull === "none" && !pulledUpByBoard.includes(pin.pin)) {
    strip.add({ wire: supply("3V3"), caption: "holds it while the contact is open" });
    strip.resistor(outsideOhms);
  }
  strip.add({ wire: { pin: pin.pin }, terminal: "one end" });
  strip.add({ wire: supply(pull === "down" ? "3V3" : "GND"), terminal: "other end" });
  const ofKind = typeof deviceClass === "string" ? `${deviceClass.replaceAll("_", " ")} contact` : pin.device.kind.kind;
  const what = pin.part ?? ofKind;
  return { name: pinOwner(pin), what, symbol: "contact", ...strip };
}

/** A sensor, or any other part with pins and ground. The data line is directly below VCC, because its resistor leads there. */
function module(pins: readonly HeaderPin[]): Part {
  const strip = new Strip();
  const [first] = pins;
  const device = first?.device;
  const { supply: feed, pullUpOhms, part } = (device && wiringOf(device)) ?? {};
  if (feed !== undefined) strip.add({ wire: supply(feed), terminal: "VCC" });
  for (const pin of pins) {
    const terminal =
      pin.which !== "" ? pin.which.replaceAll("_", " ").toUpperCase() : part === "sensor" ? "DATA" : "IN";
    if (pin.role === "output" || pin.role === "pwm") {
      addOutput(strip, pin, { terminal });
      continue;
    }
    if (pullUpOhms !== undefined && !pulledUpByBoard.includes(pin.pin)) {
      if (pin !== first || feed !== "3V3") strip.add({ wire: supply("3V3") });
      strip.resistor(pullUpOhms);
    }
    strip.add({ wire: { pin: pin.pin }, terminal });
  }
  strip.add({ wire: supply("GND"), terminal: "GND" });
  const model = device?.options["model"];
  const what = typeof model === "string" ? model : (device?.kind.kind ?? "");
  return { name: device?.id ?? "", what, symbol: "none", ...strip };
}

/** The header's pins of the buses that chips are on, as the firmware's overlays have them. */
const i2cPins = { SDA: 2, SCL: 3 };
const spiPins = { SI: 10, SO: 9, SCK: 11, CS: 8 };

/** A chip on the header's bus. One that is not known by its label may be anywhere, and is not drawn. */
function chipPart(chip: NamedChip): Part[] {
  const part = partOf(chip);
  if (part === undefined) return [];
  const bus = part.usualAddress === undefined ? spiPins : i2cPins;
  const strip = new Strip();
  strip.add({ wire: supply("3V3"), terminal: "VCC" });
  for (const [terminal, pin] of Object.entries(bus)) strip.add({ wire: { pin }, terminal });
  strip.add({ wire: supply("GND"), terminal: "GND" });
  return [{ name: chip.name, what: chipTitle(chip), symbol: "none", ...strip }];
}
