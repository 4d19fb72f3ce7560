import type { SimulatedRow } from "./row.ts";

/**
 * Parts that speak plain I2C. Each third byte of Sensirion's answers is a checksum: of beef it is 92 (datasheet SHT3x-DIS, 4.12). That of
 * the HTU21 is another: of 4e85 it is 6b (datasheet HTU21D, "CRC checksum").
 */
export const simulatedRows: readonly SimulatedRow[] = [
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
  {
    kind: "sht4x",
    name: "sht4x",
    address: 0x44,
    every: "2s",
    // T as above, RH = -6 + 125 * 0x8000 / 65535 = 56.5 (datasheet SHT4x, 4.6)
    answers: { fd: "6666938000a2" },
    reads: { temperature: 25, humidity: 56.5 },
    // -6 + 125 * 0xe666 / 65535 = 106.5, which means 100.
    answersThen: { fd: "300033e666b0" },
    readsThen: { temperature: -12.2, humidity: 100 },
  },
  {
    kind: "shtc3",
    name: "shtc3",
    address: 0x70,
    // Its number is 0x0807 with some more bits; high precision without clock stretching (datasheet SHTC3, 5.3 and 5.9).
    answers: { efc8: "08875b", "7866": "6666938000a2" },
    reads: { temperature: 25, humidity: 50 },
    answersThen: { "7866": "300033e666b0" },
    readsThen: { temperature: -12.2, humidity: 90 },
  },
  {
    kind: "aht20",
    name: "aht20",
    address: 0x38,
    every: "2s",
    // Status, then 20 bits each: 100 * 0x80000 / 2^20 = 50 %, 200 * 0x60000 / 2^20 - 50 = 25 °C (datasheet AHT20, 6.1 and 6.2)
    answers: { "-": "1c80000600004e" },
    reads: { temperature: 25, humidity: 50 },
    // 100 * 0xa6666 / 2^20 = 65.0, 200 * 0x33333 / 2^20 - 50 = -10.0
    answersThen: { "-": "1ca6666333334a" },
    readsThen: { temperature: -10, humidity: 65 },
  },
  {
    kind: "htu21",
    name: "htu21",
    address: 0x40,
    // -46.85 + 175.72 * 0x683a / 65536 = 24.7, -6 + 125 * 0x4e84 / 65536 = 32.3: the numbers of its datasheet.
    answers: { f3: "683a7c", f5: "4e856b" },
    reads: { temperature: 24.7, humidity: 32.3 },
    // -46.85 + 175.72 * 0x4000 / 65536 = -2.9, -6 + 125 * 0xb000 / 65536 = 79.9
    answersThen: { f3: "400089", f5: "b00091" },
    readsThen: { temperature: -2.9, humidity: 79.9 },
  },
  {
    kind: "si7021",
    name: "si7020",
    address: 0x41,
    // 175.72 * 0x68ac / 65536 - 46.85 = 25.0, 125 * 0x72b0 / 65536 - 6 = 50.0 (datasheet Si7021, 5.1)
    answers: { e3: "68ac", e5: "72b0" },
    reads: { temperature: 25, humidity: 50 },
    answersThen: { e3: "4000", e5: "b000" },
    readsThen: { temperature: -2.9, humidity: 79.9 },
  },
  {
    kind: "hdc1080",
    name: "hdc1080",
    address: 0x42,
    // 165 * 0x6666 / 65536 - 40 = 26.0, 100 * 0x8000 / 65536 = 50 (datasheet HDC1080, 8.6)
    answers: { "00": "6666", "01": "8000" },
    reads: { temperature: 26, humidity: 50 },
    answersThen: { "00": "3000", "01": "e666" },
    readsThen: { temperature: -9.1, humidity: 90 },
  },
  {
    kind: "bh1750",
    name: "bh1750",
    address: 0x23,
    // 0x8390 / 1.2 = 28067 lx: the number of its datasheet. 0x0110 / 1.2 = 227
    answers: { "20": "8390" },
    reads: { illuminance: 28067 },
    answersThen: { "20": "0110" },
    readsThen: { illuminance: 227 },
  },
  {
    kind: "veml6030",
    name: "veml6030",
    address: 0x10,
    // The driver chooses 1/8 of the gain and 100 ms, 0.5376 lx each, lower byte first: 600 * 0.5376 = 323, 50 * 0.5376 = 27
    answers: { "04": "5802" },
    reads: { illuminance: 323 },
    answersThen: { "04": "3200" },
    readsThen: { illuminance: 27 },
  },
  {
    kind: "hts221",
    name: "hts221",
    address: 0x5f,
    // Trimming of a part whose counts of 0 are 20 % and 10 °C, 6000 are 80 %, and 3000 are 40 °C (datasheet HTS221, 8 and 9). Bit 7 of
    // each register's number asks for the following ones too. 3000 are 50 %, 1500 are 25 °C.
    answers: {
      ...{
        "8f": "bc",
        b0: "28",
        b1: "a0",
        b2: "50",
        b3: "40",
        b5: "04",
        b6: "0000",
        ba: "7017",
        bc: "0000",
        be: "b80b",
      },
      ...{ a8: "b80b", aa: "dc05" },
    },
    reads: { temperature: 25, humidity: 50 },
    // 4500 are 65 %, -1000 are 0 °C.
    answersThen: { a8: "9411", aa: "18fc" },
    readsThen: { temperature: 0, humidity: 65 },
  },
  {
    kind: "mcp3422",
    name: "mcp3422",
    address: 0x68,
    more: ", channels: {panel: {input: 0, divider: [90k, 10k]}}",
    // The driver chooses 12 bits of 1 mV: 1000 are 1 V, 10 V before the divider; -200 are -2 V (datasheet MCP3422, table 4-3).
    answers: { "-": "03e810" },
    reads: { panel: 10 },
    answersThen: { "-": "ff3810" },
    readsThen: { panel: -2 },
  },
];

/** Parts that measure so seldom that they would keep the others waiting; they are read once. */
export const seldomRows: readonly Omit<SimulatedRow, "answersThen" | "readsThen">[] = [
  {
    kind: "scd4x",
    name: "scd41",
    address: 0x62,
    every: "15s",
    // A value is ready; 500 ppm, 25 °C and 37 %: the example of its datasheet (SCD4x, 3.6.2).
    answers: { e4b8: "800604", ec05: "01f4336667a25eb93c" },
    reads: { co2: 500, temperature: 25, humidity: 37 },
  },
];
