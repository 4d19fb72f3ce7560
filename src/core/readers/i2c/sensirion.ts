import { UserError } from "../../errors.ts";
import { bigEndian16, highFirst } from "./words.ts";

/** The checksum of Sensirion's parts: CRC-8 with polynomial 0x31 that begins with 0xff (SCD30 interface description, 1.1.3). */
export function sensirionCrc(bytes: readonly number[]): number {
  let crc = 0xff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x31) & 0xff : crc << 1;
  }
  return crc;
}

/** Words as Sensirion's parts send and expect them: two bytes and a checksum each. */
export function withCrc(words: readonly number[]): number[] {
  return words.flatMap((word) => {
    const bytes = highFirst(word);
    return [...bytes, sensirionCrc(bytes)];
  });
}

/** The words in an answer of a Sensirion part. Throws a UserError when a checksum is wrong. */
export function checkedWords(bytes: Uint8Array): number[] {
  return Array.from({ length: Math.floor(bytes.length / 3) }, (_, index) => {
    const at = index * 3;
    if (sensirionCrc([...bytes.subarray(at, at + 2)]) !== bytes[at + 2])
      throw new UserError("the answer has a wrong checksum", { hint: "check the wires of the bus and their length" });
    return bigEndian16(bytes, at);
  });
}
