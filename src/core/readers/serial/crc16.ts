/** A cyclic checksum of 16 bits that is worked out from the lowest bit of each byte on. */
interface Crc16 {
  /** The polynomial with its bits in reverse order. */
  readonly polynomial: number;
  readonly start: number;
  readonly finalXor: number;
}

/** CRC-16/ARC, as smart meters write it behind a P1 telegram (P1 companion standard 5.0.2, 6.2: x16 + x15 + x2 + 1, from 0). */
export const crcArc: Crc16 = { polynomial: 0xa001, start: 0, finalXor: 0 };
/** CRC-16/MODBUS (MODBUS over Serial Line V1.02, 6.2.2). */
export const crcModbus: Crc16 = { polynomial: 0xa001, start: 0xffff, finalXor: 0 };
/** CRC-16/X-25 of DIN EN 62056-46, as SML uses it (BSI TR-03109-1, annex IV). */
export const crcX25: Crc16 = { polynomial: 0x8408, start: 0xffff, finalXor: 0xffff };
/** CRC-16/KERMIT, which some meters, such as Holley's DTZ541, use in place of {@link crcX25}. */
export const crcKermit: Crc16 = { polynomial: 0x8408, start: 0, finalXor: 0 };

/** The checksum of bytes. */
export function crc16({ polynomial, start, finalXor }: Crc16, bytes: Iterable<number>): number {
  let crc = start;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
  }
  return crc ^ finalXor;
}
