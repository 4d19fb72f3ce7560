import { type DeviceSettings, wiringOf } from "../../core/device.ts";
import { powerOnPull, pulledUpByBoard, type Supply } from "../../core/hardware/header.ts";
import { type HeaderPin, isOnHeader, pinOwner, placedPins } from "../pins/placed-pin.ts";
import type { Part, Port, Resistor } from "./part.ts";

/** Strong compared with a Pi's own pull of about 50 kΩ, weak compared with an output. */
const outsideOhms = 10_000;

const supply = (name: Supply): Port["wire"] => ({ supply: name });

/**
 * The parts that are wired to the header. All relays that switch on at the same level are on one board, as they are sold. Pins that are not
 * on the header are left out.
 */
export function partsOf(devices: readonly DeviceSettings[]): readonly Part[] {
  const pins = placedPins(devices).filter(isOnHeader);
  const onBoards = pins.filter(({ device, role }) => role === "output" && wiringOf(device)?.part === "relay");
  const rest = pins.filter((pin) => !onBoards.includes(pin));
  const contacts = rest.filter(({ device, role }) => role === "input" && wiringOf(device)?.part !== "sensor");
  const others = rest.filter((pin) => !contacts.includes(pin));
  return [
    ...grouped(onBoards, ({ device, activeLow }) => `${activeLow} ${wiringOf(device)?.supply}`).map(relayBoard),
    ...contacts.map(contact),
    ...grouped(others, ({ device }) => device.id).map(module),
  ];
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
  const what = typeof deviceClass === "string" ? `${deviceClass.replaceAll("_", " ")} contact` : pin.device.kind.kind;
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
