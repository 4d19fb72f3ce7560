import { hex, type StubRow } from "./row.ts";

/** Power monitors, converters and what else measures no climate. */
export const electricityRows: readonly StubRow[] = [
  {
    kind: "ina219",
    name: "ina219",
    address: 0x40,
    more: ", shunt: 0.1",
    // Bus 3000 * 4 mV = 12 V. The driver calibrates to the 10 µV of the shunt register: 500 are 5 mV, 50 mA at 0.1 Ω. Power register:
    // 500 * 3000 / 5000 = 300 (datasheet INA219, 8.5.1); 12 V * 50 mA = 0.6 W.
    registers: { words: { 1: 500, 2: 3000 << 3, 3: 300, 4: 500 } },
    reads: { voltage: 12, current: 0.05, power: 0.6 },
    // -250 of 10 µV are -25 mA; power has no sign: 250 * 3000 / 5000 = 150, which is 0.3 W.
    registersThen: { words: { 1: 0x10000 - 250, 2: 3000 << 3, 3: 150, 4: 0x10000 - 250 } },
    readsThen: { voltage: 12, current: -0.025, power: 0.3 },
  },
  {
    kind: "ina226",
    name: "ina226",
    address: 0x41,
    more: ", shunt: 0.01",
    // Bus 9600 * 1.25 mV = 12 V; 2000 * 2.5 µV = 5 mV, 0.5 A at 0.01 Ω; power 2000 * 9600 / 20000 = 960, 12 V * 0.5 A = 6 W
    // (datasheet INA226, 7.5).
    registers: { words: { 1: 2000, 2: 9600, 3: 960, 4: 2000 } },
    reads: { voltage: 12, current: 0.5, power: 6 },
    registersThen: { words: { 1: 400, 2: 4000, 3: 80, 4: 400 } },
    readsThen: { voltage: 5, current: 0.1, power: 0.5 },
  },
  {
    kind: "max17040",
    name: "max17040",
    address: 0x36,
    // 12 bits of 1.25 mV: 3200 are 4.0 V; the upper byte of the level is in % (datasheet MAX17040, registers VCELL and SOC).
    registers: { words: { 2: 3200 << 4, 4: 0x4e80 } },
    reads: { voltage: 4, battery: 78 },
    registersThen: { words: { 2: 2960 << 4, 4: 0x2a00 } },
    readsThen: { voltage: 3.7, battery: 42 },
  },
  {
    kind: "ads1115",
    name: "ads1115",
    address: 0x49,
    more: ", channels: {battery: {input: 0, divider: [100k, 10k]}}",
    // ±2.048 V in 16 bits, which is 62.5 µV each: 16000 are 1 V, 11 V before the divider.
    registers: { words: { 0: 16_000 } },
    reads: { battery: 11 },
    registersThen: { words: { 0: 8_000 } },
    readsThen: { battery: 5.5 },
  },
  {
    kind: "tsl4531",
    name: "tsl4531",
    address: 0x29,
    // Its number is that of a TSL45317. It sends words with the lower byte first: 0x04d2 is 1234 lx.
    registers: { bytes: { 138: [0xb0] }, words: { 132: 0xd204 } },
    reads: { illuminance: 1234 },
    registersThen: { words: { 132: 0x0700 } },
    readsThen: { illuminance: 7 },
  },
  {
    kind: "mpu6050",
    name: "mpu6050",
    address: 0x68,
    // 16384 for each g: x = -0.5 g and z = 0.866 g, which is a pitch of 30°. -3920 / 340 + 36.53 = 25 °C (RM-MPU-6000A, 4.18).
    registers: { bytes: { 117: [0x68], 59: hex("e0 00 00 00 37 6d f0 b0") } },
    reads: { pitch: 30, roll: 0, temperature: 25 },
    // y = 1 g: a roll of 90°.
    registersThen: { bytes: { 59: hex("00 00 40 00 00 00 00 00") } },
    readsThen: { pitch: 0, roll: 90, temperature: 36.5 },
  },
];
