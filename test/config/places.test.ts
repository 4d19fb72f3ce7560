import { expect, it } from "vitest";
import { checked } from "./checked.ts";

const saying = (...devices: string[]) => {
  const { problems, warnings } = checked(
    `devices:\n${devices.map((one, at) => `  d${at + 1}: {topic: t/${at}, ${one}}\n`).join("")}`,
  );
  return [...problems, ...warnings].map((line) => line.replace("devices.yaml:", ""));
};
const meter = (more: string) => `kind: modbus, port: /dev/serial0, ${more}measures: {v: {register: 0}}`;

it("two kinds at one address of a bus are refused", () => {
  expect(saying("kind: bme280, address: 0x76", "kind: bmp280, address: 0x76")).toEqual([
    '3:43  devices.d2.address: address 0x76 is already that of "d1", of the kind bme280; write the right kind, or another address',
  ]);
});

it("a part that can have only one address has it without saying so", () => {
  expect(saying("kind: aht20", "kind: veml6070")).toEqual([
    '3:3  devices.d2.address: address 0x38 is already that of "d1", of the kind aht20; write the right kind, or another address',
  ]);
});

it("two kinds at one SPI device are refused", () => {
  expect(saying("kind: max31855, device: spi0.1", "kind: max6675, device: spi0.1")).toEqual([
    '3:43  devices.d2.device: device spi0.1 is already that of "d1", of the kind max31855; write the right kind, or another device',
  ]);
});

it("two kinds at one serial port are refused", () => {
  expect(saying("kind: mhz19, port: /dev/serial0", "kind: pms5003, port: /dev/serial0")).toEqual([
    '3:41  devices.d2.port: "/dev/serial0" is the port of "d1" already, of the kind mhz19; connect each to a port of its own',
  ]);
});

it("another speed or parity at the same port is refused", () => {
  expect(saying(meter(""), meter("unit: 2, baud_rate: 2400, "))).toEqual([
    '3:74  devices.d2.baud_rate: "2400" is not that of "d1", which is at the same port and has 9600; write the same for both',
  ]);
  expect(saying(meter(""), meter("unit: 2, parity: even, "))[0]).toContain(
    'devices.d2.parity: "even" is not that of "d1"',
  );
});

it.each([
  ["1-Wire", "kind: ds18b20, address: 28-0316a2795dff"],
  ["I2C", "kind: scd30"],
  ["a serial line", "kind: mhz19, port: /dev/serial0"],
  ["a file", "kind: file, path: /run/level"],
])("two devices that read the very same are warned of: %s", (_where, one) => {
  expect(saying(one, `${one}, every: 1h`)).toEqual([
    '3:3  devices.d2: reads the same as "d1"; write where this one is, or remove one of them',
  ]);
});

it("a sensor without an address beside another of its kind is warned of", () => {
  expect(saying("kind: bme280", "kind: bme280, address: 0x77")).toEqual([
    '2:3  devices.d1: has no address, which it needs beside "d2" of the same kind; write its address',
  ]);
});

it.each([
  ["other addresses", "kind: bme280, address: 0x76", "kind: bme280, address: 0x77"],
  ["other buses", "kind: bme280", "kind: bme280, bus: 3"],
  ["other buses, two kinds", "kind: aht20", "kind: veml6070, bus: 3"],
  ["meters of one line", meter(""), meter("unit: 2, ")],
  ["other inputs", "kind: ads1115, channels: {a: {input: 0}}", "kind: ads1115, channels: {a: {input: 1}}"],
  ["other values of a file", "kind: file, path: /a, measures: {a: {}}", "kind: file, path: /a, measures: {b: {}}"],
])("nothing is said of %s", (_what, one, other) => {
  expect(saying(one, other)).toEqual([]);
});

it("a register in quotes is told to be written without them", () => {
  expect(saying('kind: modbus, port: /dev/serial0, measures: {v: {register: "0x0C"}}')).toEqual([
    '2:79  devices.d1.measures.v.register: "0x0C" is not a number; write 0x0C without quotes',
  ]);
});

it("an address in quotes is told to be written without them", () => {
  expect(saying('kind: bme280, address: "0x76"')).toEqual([
    '2:43  devices.d1.address: "0x76" is no address; write 0x76 or 0x77, without quotes',
  ]);
});
