import { connectionOf } from "../../core/connection.ts";
import { hexadecimal } from "../../core/hardware/named-chip.ts";
import { serialPortOptions } from "../../core/readers/serial/serial-options.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import type { Problem } from "../../yaml/problem.ts";
import type { KnownDevice } from "./checked-device.ts";

/** The options of a kind that every device at one serial port must have alike. */
const lineSettings = ["baud_rate", "parity", "stop_bits"] as const;

/** Finds sensors of two kinds at one address or SPI device, of two kinds at one serial port, and of one kind there with other settings. */
export function checkPlaces(devices: readonly KnownDevice[], source: SourceDocument): Problem[] {
  const firsts = new Map<string, KnownDevice>();
  return devices.flatMap((device) =>
    placesOf(device).flatMap(({ word, option, value, wrong }) => {
      const first = firsts.get(word);
      if (first === undefined) firsts.set(word, device);
      if (first === undefined) return [];
      const setting = wrong === "port" ? lineSettings.find((name) => differs(first, device, name)) : undefined;
      if (first.kind.kind === device.kind.kind && setting === undefined) return [];
      const sentence =
        first.kind.kind === device.kind.kind
          ? `is not that of "${first.id}", which is at the same port and has ${first.options[setting ?? ""]}; write the same for both`
          : wrong === "port"
            ? `is the port of "${first.id}" already, of the kind ${first.kind.kind}; connect each to a port of its own`
            : `${option} ${shown(value)} is already that of "${first.id}", of the kind ${first.kind.kind}; write the right kind, or another ${option}`;
      return [say(source, device.id, setting ?? option, quote(device, setting ?? option, wrong, sentence))];
    }),
  );
}

/** Warns of two sensors that read the very same, and of one without the address that it needs because there is another of its kind. */
export function placeWarnings(devices: readonly KnownDevice[], source: SourceDocument): Problem[] {
  const sensors = devices.filter(({ kind }) => kind.measures !== undefined && kind.pretend !== undefined);
  const firsts = new Map<string, KnownDevice>();
  return sensors.flatMap((device) => {
    const word = whatItReads(device);
    const same = firsts.get(word);
    if (same !== undefined) {
      const sentence = `reads the same as "${same.id}"; write where this one is, or remove one of them`;
      return [say(source, device.id, undefined, sentence)];
    }
    firsts.set(word, device);
    const option = ["address", "device"].find((name) => isOpen(device, name));
    if (option === undefined) return [];
    const isChosenBeside = ({ kind, options }: KnownDevice) =>
      kind.kind === device.kind.kind && options[option] !== undefined;
    const other = sensors.find((one) => isChosenBeside(one) && !differs(one, device, "bus"));
    if (other === undefined) return [];
    const sentence = `has no ${option}, which it needs beside "${other.id}" of the same kind; write its ${option}`;
    return [say(source, device.id, undefined, sentence)];
  });
}

/** A place that only one sensor can have, and the option that names it. */
interface Place {
  readonly word: string;
  readonly option: string;
  readonly value: unknown;
  readonly wrong: "port" | "place";
}

function placesOf({ kind, options }: KnownDevice): Place[] {
  const ports = serialPortOptions(kind.options).flatMap((option): Place[] =>
    options[option] === undefined
      ? []
      : [{ word: `port ${options[option]}`, option, value: options[option], wrong: "port" }],
  );
  const { bus, addresses = [] } = connectionOf(kind);
  const address = options["address"] ?? (addresses.length === 1 ? addresses[0] : undefined);
  if (bus === "I2C" && address !== undefined)
    return [{ word: `i2c ${options["bus"]} ${address}`, option: "address", value: address, wrong: "place" }];
  if (bus === "SPI" && options["device"] !== undefined)
    return [{ word: `spi ${options["device"]}`, option: "device", value: options["device"], wrong: "place" }];
  return ports;
}

/** Whether a sensor is one that can have several places, and none is chosen. */
function isOpen({ kind, options }: KnownDevice, option: string): boolean {
  const { bus, addresses = [] } = connectionOf(kind);
  const hasPlaces = bus === "1-Wire" || bus === "SPI" || (bus === "I2C" && addresses.length > 1);
  return hasPlaces && option in kind.options && options[option] === undefined;
}

/** The same text for devices of one kind that have the same of its own options, apart from how often and what is done with a reading. */
function whatItReads({ kind, options }: KnownDevice): string {
  const { sharedOptions = [] } = kind;
  const own = Object.keys(kind.options).filter((name) => name !== "every" && !sharedOptions.includes(name));
  return [kind.kind, ...own.map((name) => JSON.stringify(options[name]))].join("\n");
}

function differs(one: KnownDevice, other: KnownDevice, option: string): boolean {
  return JSON.stringify(one.options[option]) !== JSON.stringify(other.options[option]);
}

function shown(value: unknown): string {
  return typeof value === "number" ? hexadecimal(value) : String(value);
}

/** A sentence with the value that it is about, as it was chosen. */
function quote({ options }: KnownDevice, option: string, wrong: Place["wrong"], sentence: string): string {
  return wrong === "port" ? `"${options[option]}" ${sentence}` : sentence;
}

function say(source: SourceDocument, id: string, option: string | undefined, sentence: string): Problem {
  const path = ["devices", id, ...(option === undefined ? [] : [option])];
  const isWritten = option !== undefined && source.writtenValue(path) !== undefined;
  const place = isWritten ? source.placeOfValue(path) : source.placeOfKey(["devices", id]);
  return { path: path.join("."), place, sentence };
}
