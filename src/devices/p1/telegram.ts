import { crc16, crcArc } from "../../core/readers/serial/crc16.ts";
import type { Seen } from "../../core/readers/serial/frames.ts";

/**
 * The telegrams of a smart meter's P1 port (DSMR P1 companion standard 5.0.2, chapter 6): "/", three letters, a digit, an identification,
 * an empty line, lines of objects, "!", four hexadecimal digits of CRC-16/ARC over all from "/" to "!", and the end of the line. The digit is
 * 5 in the standard, and 9 in the Aidon meters of Sweden and Finland ("/ADN9 6534").
 */

/** The values of each object by its code: what stands in the brackets behind "1-0:1.8.1". */
export type Telegram = ReadonlyMap<string, readonly string[]>;

/** How many bytes a telegram has at most; the longest of four M-Bus meters are half as long. */
export const longestTelegram = 4_096;

const slash = 0x2f;
const exclamation = 0x21;
const object = /^(\d+-\d+:\d+\.\d+\.\d+)(\(.*\))$/;

/** Finds a telegram at the beginning of bytes. */
export function seeTelegram(bytes: Uint8Array): Seen<Telegram> {
  if (bytes[0] !== slash || !beginsLikeTelegram(bytes)) return "nothing";
  const end = bytes.subarray(0, longestTelegram).indexOf(exclamation);
  if (end === -1) return bytes.length < longestTelegram ? "incomplete" : "nothing";
  const length = end + 5;
  if (bytes.length < length) return "incomplete";
  const written = text(bytes.subarray(end + 1, length));
  if (!/^[0-9A-Fa-f]{4}$/.test(written) || !isText(bytes.subarray(0, end))) return "nothing";
  if (Number.parseInt(written, 16) !== crc16(crcArc, bytes.subarray(0, end + 1))) return "nothing";
  return { frame: objectsIn(text(bytes.subarray(0, end))), length };
}

/** What a telegram begins with, as far as it has come: "/", three letters of the manufacturer, and a digit. */
function beginsLikeTelegram(bytes: Uint8Array): boolean {
  return /^\/(?:[A-Za-z0-9]{0,3}|[A-Za-z0-9]{3}\d)$/.test(text(bytes.subarray(0, 5)));
}

function objectsIn(telegram: string): Telegram {
  const objects = new Map<string, readonly string[]>();
  for (const line of telegram.split("\r\n")) {
    const [, code, values = ""] = object.exec(line) ?? [];
    if (code !== undefined)
      objects.set(
        code,
        [...values.matchAll(/\(([^()]*)\)/g)].map(([, value = ""]) => value),
      );
  }
  return objects;
}

/** Whether these are letters that a telegram may have: a checksum of 16 bits alone lets one of 65536 disturbances through. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => (byte >= 0x20 && byte <= 0x7e) || byte === 0x0d || byte === 0x0a);
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** A telegram with these lines, for the simulation. */
export function telegramOf(lines: readonly string[]): readonly number[] {
  const covered = [...["/PI25MQTT", "", ...lines, "!"].join("\r\n")].map((letter) => letter.charCodeAt(0));
  const crc = crc16(crcArc, covered).toString(16).toUpperCase().padStart(4, "0");
  return [...covered, ...[...`${crc}\r\n`].map((letter) => letter.charCodeAt(0))];
}
