import { expect, it } from "vitest";
import { crc16, crcArc, crcKermit, crcModbus, crcX25 } from "../../../../src/core/readers/serial/crc16.ts";

it.each([
  ["CRC-16/ARC", crcArc, 0xbb3d],
  ["CRC-16/MODBUS", crcModbus, 0x4b37],
  ["CRC-16/X-25", crcX25, 0x906e],
  ["CRC-16/KERMIT", crcKermit, 0x2189],
])("the checksum %s of 123456789 is the check value that all its descriptions give", (_name, sort, check) => {
  expect(crc16(sort, new TextEncoder().encode("123456789"))).toBe(check);
});
