import { describe, expect, it } from "vitest";
import { checked } from "./checked.ts";

const warned = (devices: string) => checked(`devices:\n${devices}`).warnings;
const meter = (register: string) =>
  warned(`  it: {kind: modbus, topic: a, port: /dev/serial0, measures: {v: {${register}}}}\n`);

describe("a register that is numbered as in a manual is warned of", () => {
  it.each([
    ["register: 40001", "40001", "0 and type: holding", "0x9C41"],
    ["register: 30013, type: input", "30013", "12 and type: input", "0x753D"],
    ["register: 30001", "30001", "0 and type: input", "0x7531"],
    ["register: 10002, type: discrete", "10002", "1 and type: discrete", "0x2712"],
  ])("%s", (written, number, meant, address) => {
    expect(meter(written)).toEqual([
      `devices.yaml:2:77  devices.it.measures.v.register: "${number}" seems to be the number in a manual; write register: ${meant} for that, or ${address} where it is the address itself`,
    ]);
  });

  it.each(["register: 0x9C41", "register: 40000", "register: 12", "register: 10001", "register: 50000"])(
    "but %s is not",
    (written) => {
      expect(meter(written)).toEqual([]);
    },
  );
});

describe("what Home Assistant shows alike is warned of", () => {
  it.each([
    [
      "two devices",
      "  a: {kind: bme280, topic: a, name: Cellar}\n  b: {kind: sht3x, topic: b, name: cellar}\n",
      'devices.yaml:3:36  devices.b.name: "cellar" is the name of "a" too',
    ],
    [
      "two devices by their ids",
      "  my-tank: {kind: bme280, topic: a}\n  my_tank: {kind: sht3x, topic: b}\n",
      'devices.yaml:3:12  devices.my_tank: "My tank" is the name of "my-tank" too',
    ],
    [
      "two measures of a device",
      "  a: {kind: file, topic: a, path: /run/x, measures: {low: {name: Level}, high: {name: Level}}}\n",
      'devices.yaml:2:87  devices.a.measures.high.name: "Level" is the name of "low" too',
    ],
    [
      "a measure and one whose name is made of its key",
      "  a: {kind: file, topic: a, path: /run/x, measures: {water_level: {}, b: {name: water level}}}\n",
      'devices.yaml:2:81  devices.a.measures.b.name: "water level" is the name of "water_level" too',
    ],
    [
      "two measures by what Home Assistant is told",
      "  a: {kind: bme280, topic: a, home_assistant: {humidity: {name: Temperature}}}\n",
      'devices.yaml:2:65  devices.a.home_assistant.humidity.name: "Temperature" is the name of "temperature" too',
    ],
  ])("%s", (_what, devices, sentence) => {
    expect(warned(devices)).toEqual([`${sentence}, and Home Assistant shows both alike; write another name`]);
  });

  it("but not two devices of one name in two areas", () => {
    const devices =
      "  a: {kind: bme280, topic: a, name: Climate, area: Cellar}\n  b: {kind: sht3x, topic: b, name: Climate, area: Attic}\n";
    expect(warned(devices)).toEqual([]);
  });

  it("and never shows what a variable stands for", () => {
    const yaml = `devices:\n  a: {kind: bme280, topic: a, name: "${"${WHO}"}"}\n  b: {kind: sht3x, topic: b, name: "${"${WHO}"}"}\n`;
    const { warnings } = checked(yaml, { environment: { WHO: "hunter2" } });
    expect(warnings).toEqual([expect.stringContaining('"${WHO}" is the name of "a" too')]);
  });
});

describe("what may not do what its owner expects is warned of", () => {
  it.each([
    ["kind: file, topic: a, path: /sys/class/hwmon/hwmon2/temp1_input", '"hwmon2" has a number that can change'],
    ["kind: command, topic: a, command: [cat, /run/x, '|', wc]", '"|" is for a shell, and none reads these words'],
  ])("%s", (settings, sentence) => {
    expect(warned(`  it: {${settings}}\n`)).toEqual([expect.stringContaining(sentence)]);
  });

  it.each(["kind: file, topic: a, path: /run/hwmon2/temperature", "kind: command, topic: a, command: [awk, -F, x]"])(
    "but not %s",
    (settings) => {
      expect(warned(`  it: {${settings}}\n`)).toEqual([]);
    },
  );
});
