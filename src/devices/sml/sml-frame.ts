import { crc16, crcKermit, crcX25 } from "../../core/readers/serial/crc16.ts";
import { beginsWith, type Seen } from "../../core/readers/serial/frames.ts";
import { readSmlValues, type SmlValue } from "./sml-values.ts";

/**
 * The transport of SML, version 1 (Smart Message Language 1.04, chapter 8; BSI TR-03109-1, annex IV): 1B1B1B1B 01010101, the messages filled
 * up with zeros to a multiple of four bytes, 1B1B1B1B 1A, the number of these zeros, and CRC-16/X-25 over all before it. Where
 * the messages have four bytes 1B themselves, these are doubled.
 */

/** How many bytes a frame has at most; meters send some 300. */
export const longestSml = 4_096;

const start = [0x1b, 0x1b, 0x1b, 0x1b, 0x01, 0x01, 0x01, 0x01];
const escapeMark = 0x1b1b1b1b;
const endMark = 0x1a;

const word32 = (bytes: Uint8Array, at: number) =>
  (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;

/** Finds a frame at the beginning of bytes, and gives the values in it. */
export function seeSml(bytes: Uint8Array): Seen<readonly SmlValue[]> {
  const begins = beginsWith(bytes, start);
  if (begins !== true) return begins === false ? "nothing" : "incomplete";
  const messages: number[] = [];
  // Everything is in words of four bytes.
  for (let at = start.length; at + 8 <= bytes.length && at < longestSml; at += 4) {
    if (word32(bytes, at) !== escapeMark) {
      messages.push(...bytes.subarray(at, at + 4));
      continue;
    }
    at += 4;
    if (word32(bytes, at) === escapeMark) messages.push(0x1b, 0x1b, 0x1b, 0x1b);
    else if (bytes[at] === endMark && isRight(bytes, at)) return { frame: readSmlValues(messages), length: at + 4 };
    else return "nothing";
  }
  return bytes.length < longestSml ? "incomplete" : "nothing";
}

/** Whether the checksum at an end mark is right. Its low byte comes first. */
function isRight(bytes: Uint8Array, endAt: number): boolean {
  const written = (bytes[endAt + 2] ?? 0) | ((bytes[endAt + 3] ?? 0) << 8);
  const covered = bytes.subarray(0, endAt + 2);
  if (written === crc16(crcX25, covered)) return true;
  // Holley's DTZ541. libsml (sml_crc16.c) has it with the high byte first, others with the low one.
  const kermit = crc16(crcKermit, covered);
  return written === kermit || written === ((kermit & 0xff) << 8) + (kermit >> 8);
}

/** A frame with these messages, for the simulation. */
export function smlFrame(messages: readonly number[]): readonly number[] {
  const fill = (4 - (messages.length % 4)) % 4;
  const covered = [...start, ...messages, ...Array(fill).fill(0), 0x1b, 0x1b, 0x1b, 0x1b, endMark, fill];
  const crc = crc16(crcX25, covered);
  return [...covered, crc & 0xff, crc >> 8];
}
