import { hex, type StubRow } from "./row.ts";

/**
 * The numbers of the BMP280's datasheet (BST-BMP280-DS001, 3.12): trimming values and readings that make 25.08 °C and 1006.53 hPa. With
 * the second ones its formulas give 3.13 °C and 1031.51 hPa.
 */
const bmp280 = {
  trimming: hex("70 6b 43 67 18 fc 7d 8e 43 d6 d0 0b 27 0b 8c 00 f9 ff 8c 3c f8 c6 70 17"),
  reading: hex("65 5a c0 7e ed 00"),
  readingThen: hex("5c c6 00 6d dd 00"),
};

/** Thermometers and barometers. */
export const climateRows: readonly StubRow[] = [
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
  {
    kind: "bmp280",
    name: "bmp280",
    address: 0x76,
    registers: { bytes: { 208: [0x58], 136: bmp280.trimming, 247: bmp280.reading } },
    reads: { temperature: 25.1, pressure: 1006.5 },
    registersThen: { bytes: { 247: bmp280.readingThen } },
    readsThen: { temperature: 3.1, pressure: 1031.5 },
  },
  {
    kind: "lm75",
    name: "lm75",
    address: 0x4f,
    // Half degrees in the upper nine bits: 0x033 is 25.5 °C, 0x1ce is -25 °C (datasheet LM75, table of temperatures: 0x032 and 0x1ce).
    registers: { words: { 0: 0x1980 } },
    reads: { temperature: 25.5 },
    registersThen: { words: { 0: 0xe700 } },
    readsThen: { temperature: -25 },
  },
  {
    kind: "tmp102",
    name: "tmp102",
    address: 0x48,
    // The driver chooses 13 bits of 1/16 °C: 401 / 16 = 25.06, -168 / 16 = -10.5. Configuration after power-on: 0x60a0.
    registers: { words: { 1: 0x60a0, 0: 401 << 3 } },
    reads: { temperature: 25.06 },
    registersThen: { words: { 1: 0x60a0, 0: 0x10000 - (168 << 3) } },
    readsThen: { temperature: -10.5 },
  },
  {
    kind: "tmp117",
    name: "tmp117",
    address: 0x49,
    // 1/128 °C: 0x0c80 is 25 °C, one more 25.0078 °C; 0xf380 is -25 °C (datasheet TMP117, table 7-1).
    registers: { words: { 15: 0x0117, 0: 0x0c81 } },
    reads: { temperature: 25.01 },
    registersThen: { words: { 0: 0xf380 } },
    readsThen: { temperature: -25 },
  },
  {
    kind: "adt7410",
    name: "adt7410",
    address: 0x4a,
    // The driver chooses 16 bits of 1/128 °C: 0x0cc0 is 25.5 °C, 0xe480 is -55 °C (datasheet ADT7410, table 5).
    registers: { words: { 0: 0x0cc0 } },
    reads: { temperature: 25.5 },
    registersThen: { words: { 0: 0xe480 } },
    readsThen: { temperature: -55 },
  },
  {
    kind: "ds1621",
    name: "ds1621",
    address: 0x4c,
    // Half degrees in the upper nine bits (datasheet DS1621, table 2); the thresholds are 10 and 30 °C.
    registers: { words: { 170: 0x1980, 161: 0x1e00, 162: 0x0a00 } },
    reads: { temperature: 25.5 },
    registersThen: { words: { 170: 0xe700 } },
    readsThen: { temperature: -25 },
  },
  {
    kind: "mcp9808",
    name: "jc42",
    address: 0x18,
    // 13 bits of 1/16 °C below three flags of alarms: 404 / 16 = 25.25, -295 / 16 = -18.44 (datasheet MCP9808, register 5-4).
    registers: { words: { 5: 0xc000 | 404 } },
    reads: { temperature: 25.25 },
    registersThen: { words: { 5: 0x2000 | (0x2000 - 295) } },
    readsThen: { temperature: -18.44 },
  },
];
