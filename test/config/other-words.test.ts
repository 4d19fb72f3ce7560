import { describe, expect, it } from "vitest";
import { kinds } from "../fakes/kinds.ts";
import { checked } from "./checked.ts";

const said = (settings: string) => checked(`devices:\n  it: {${settings}}\n`).problems.join("\n");

describe("an option that another program calls otherwise", () => {
  it.each([
    ["bme280", "update_interval: 60s", "every"],
    ["bme280", "scan_interval: 60", "every"],
    ["bme280", "interval: 60s", "every"],
    ["bme280", "pollInterval: 60s", "every"],
    ["bme280", "i2c_id: bus_a", "bus"],
    ["bme280", "i2c_address: 0x76", "address"],
    ["bme280", "friendly_name: Cellar", "name"],
    ["bme280", "state_topic: home/a", "topic"],
    ["bme280", "platform: bme280_i2c", "kind"],
    ["bme280", "room: Cellar", "area"],
    ["ds18b20", "device_id: 28-0316a2795dff", "address"],
    ["ds18b20", "one_wire_id: a", "address"],
    ["dht, pin: 4", "type: DHT22", "model"],
    ["dht", "gpio: 4", "pin"],
    ["dht", "pin_number: 4", "pin"],
    ["modbus", "slave: 1", "unit"],
    ["modbus", "device_address: 1", "unit"],
    ["modbus", "baudrate: 9600", "baud_rate"],
    ["max31855", "cs_pin: 8", "device"],
    ["file", "filename: /run/x", "path"],
    ["relay, pin: 17", "watts: 60", "power"],
    ["relay, pin: 17", "max_cycles: 100000", "rated_cycles"],
  ])("kind: %s, %s", (kind, written, meant) => {
    const [word] = written.split(":");
    const path = `devices.it.${word}: there is no option "${word}" for the kind ${kind.split(",")[0]}`;
    expect(said(`kind: ${kind}, topic: a, ${written}`)).toContain(`${path}; did you mean "${meant}"?`);
  });

  it.each([
    ["scale: 0.1", "multiply"],
    ["factor: 0.1", "multiply"],
    ["precision: 1", "digits"],
    ["accuracy_decimals: 1", "digits"],
    ["unit_of_measurement: V", "unit"],
    ["friendly_name: Voltage", "name"],
    ["data_type: uint16", "value"],
    ["register_type: input", "type"],
    ["swap: word", "word_order"],
    ["address: 12", "register"],
  ])("a measure of modbus, %s", (written, meant) => {
    const [word] = written.split(":");
    expect(said(`kind: modbus, topic: a, port: /dev/serial0, measures: {v: {register: 0, ${written}}}`)).toContain(
      `measures.v.${word}: "${word}" is no part of a measure; did you mean "${meant}"?`,
    );
  });

  it.each([
    ["bme280", "unique_id: a", "the agent makes it of the ids: remove this line"],
    ["bme280", "unit_of_measurement: °C", "each measure has its own already: remove this line"],
    ["bme280", "retain: true", "the agent decides it itself: remove this line"],
    ["bme280", "oversampling: 16x", "the driver decides it: remove this line"],
    ["bme280", "icon: mdi:eye", "it is Home Assistant's: write it below home_assistant"],
    ["modbus", "bytesize: 8", "it is always 8: remove this line"],
    ["modbus", "device_class: voltage", "write it below the name of a measure, whose it is"],
  ])("and that has no place here: kind: %s, %s", (kind, written, advice) => {
    const [word] = written.split(":");
    expect(said(`kind: ${kind}, topic: a, ${written}`)).toContain(
      `devices.it.${word}: there is no option "${word}" for the kind ${kind}; ${advice}`,
    );
  });
});

describe("a kind that is called otherwise", () => {
  it.each([
    ["DHT22", '"dht"'],
    ["dht_11", '"dht"'],
    ["am2302", '"dht"'],
    ["bme280_i2c", '"bme280"'],
    ["bme680_bsec", '"bme680"'],
    ["bmp085", '"bmp180"'],
    ["sht31", '"sht3x"'],
    ["sht3xd", '"sht3x"'],
    ["mh-z19b", '"mhz19"'],
    ["hcsr04", '"hc_sr04"'],
    ["ultrasonic", '"hc_sr04"'],
    ["dallas", '"ds18b20"'],
    ["one_wire", '"ds18b20"'],
    ["w1", '"ds18b20"'],
    ["dsmr", '"p1"'],
    ["binary_sensor", '"contact"'],
    ["switch", '"relay"'],
    ["command_line", '"command"'],
  ])("%s", (word, meant) => {
    expect(said(`kind: ${word}, topic: a`)).toContain(`there is no kind "${word}"; did you mean ${meant}?`);
  });

  it("is one of several where several have the part", () => {
    expect(said("kind: gy30, topic: a")).toMatch(/did you mean "bh1750"\?/);
    expect(said("kind: UPS, topic: a")).toMatch(/did you mean "max17040" or "power_supply"\?/);
  });

  it("has the options of that kind checked too", () => {
    expect(said("kind: dht22, topic: a, pin: 99, model: DHT33")).toMatch(
      /kind: there is no kind.*\n.*pin: pin 99.*\n.*model: "DHT33"/,
    );
  });

  it("has its options checked at once where it can be no other", () => {
    expect(said("kind: dht22, topic: a, gpio: 4, update_interval: 60s")).toMatch(
      /no kind "dht22".*\n.*did you mean "pin".*\n.*did you mean "every"/,
    );
    expect(said("kind: dhd, topic: a, gpio: 4")).not.toContain("gpio");
  });

  it("names no other kind by what one is also called", () => {
    const all = kinds.flatMap(({ alsoCalled = [] }) => alsoCalled);
    expect(new Set(all).size).toBe(all.length);
    const names = kinds.map(({ kind }) => kind.replaceAll("_", ""));
    expect(all.filter((word) => names.includes(word) || !/^[a-z0-9]+$/.test(word))).toEqual([]);
  });
});
