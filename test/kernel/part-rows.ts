import type { I2cPart, Registers } from "./i2c-parts.ts";

/** What is to be read of a part. */
interface Row extends I2cPart {
  readonly kind: string;
  readonly every?: string;
  /** What is published at first, and what after it was away; worked out from the datasheet. */
  readonly reads: Readonly<Record<string, unknown>>;
  readonly readsThen: Readonly<Record<string, unknown>>;
}

/** A part whose driver speaks SMBus. */
export interface StubRow extends Row {
  readonly registers: Registers;
  readonly registersThen: Registers;
}

/** A part whose driver speaks plain I2C: what it answers to what is written, in hexadecimal. */
export interface SimulatedRow extends Row {
  readonly answers: Readonly<Record<string, string>>;
  readonly answersThen: Readonly<Record<string, string>>;
}

const hex = (text: string) => text.split(" ").map((byte) => Number.parseInt(byte, 16));

/**
 * The numbers of the BMP280's datasheet (BST-BMP280-DS001, 3.12): trimming values and readings that make 25.08 °C and 1006.53 hPa. With
 * the second ones its formulas give 3.13 °C and 1031.51 hPa.
 */
const bmp280 = {
  trimming: hex("70 6b 43 67 18 fc 7d 8e 43 d6 d0 0b 27 0b 8c 00 f9 ff 8c 3c f8 c6 70 17"),
  reading: hex("65 5a c0 7e ed 00"),
  readingThen: hex("5c c6 00 6d dd 00"),
};

export const stubParts: readonly StubRow[] = [
  {
    kind: "bme280",
    name: "bme280",
    address: 0x77,
    // Humidity: H1 = 75, H2 = 362, H3 = 0, H4 = 313, H5 = 50, H6 = 30 (BST-BME280-DS002, 4.2.2), a reading of 0x7000 and then 0x6c00.
    // The formulas of its appendix 8.1 make 47.6 % of it at 25.08 °C and 41.7 % at 3.13 °C.
    registers: {
      bytes: {
        208: [0x60],
        136: bmp280.trimming,
        161: [75],
        225: hex("6a 01 00 13 29 03 1e"),
        247: [...bmp280.reading, ...hex("70 00")],
      },
    },
    reads: { temperature: 25.1, humidity: 47.6, pressure: 1006.5 },
    registersThen: { bytes: { 247: [...bmp280.readingThen, ...hex("6c 00")] } },
    readsThen: { temperature: 3.1, humidity: 41.7, pressure: 1031.5 },
  },
];

export const simulatedParts: readonly SimulatedRow[] = [
  {
    kind: "sht3x",
    name: "sht3x",
    address: 0x45,
    // Single shot, high repeatability: T = -45 + 175 * 0x6666 / 65535 = 25.0, RH = 100 * 0x8000 / 65535 = 50.0 (datasheet SHT3x-DIS, 4.13).
    answers: { "2400": "6666938000a2" },
    reads: { temperature: 25, humidity: 50 },
    // -45 + 175 * 0x3000 / 65535 = -12.2, 100 * 0xe666 / 65535 = 90.0
    answersThen: { "2400": "300033e666b0" },
    readsThen: { temperature: -12.2, humidity: 90 },
  },
];
