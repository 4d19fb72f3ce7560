import { expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { sensorTables } from "../../src/config/reference/sensor-tables.ts";
import { kindList, kindPage, kindsAbout, kindTable, referencePage } from "../../src/config/reference.ts";
import { sensorGroups } from "../../src/core/kind-groups.ts";
import { kinds } from "../fakes/kinds.ts";

it("names all that a kind publishes, with its unit where it has one", () => {
  const page = referencePage(kinds);
  expect(page).toContain(
    "Publishes `state` and `position`, with `ts`, as JSON, and with some options `tilt`, `problem`, on `home/office/shutter/state`, and `position` alone",
  );
  expect(page).toContain(
    "Publishes `state`, with `ts`, as JSON, and with some options `brightness`, `color_mode`, `color`, `color_temp`, `effect`,",
  );
  expect(page).toContain("Publishes `temperature` in °C and `humidity` in %, with `ts`, as JSON on");
});

it.each(kinds.map((kind) => [kind.kind, kind] as const))("says for a terminal what a %s publishes", (_name, kind) => {
  expect(kindPage(kind)).toMatch(/^Publishes \w/m);
});

it.each(kinds)("prints an example of a $kind that can be taken as it is, in the terminal and on the page", (kind) => {
  const onPage = /```yaml\n(.*?)```/s.exec(referencePage([kind]))?.[1] ?? "";
  const inTerminal = kindPage(kind).split("Example:\n\n")[1] ?? "";
  const known = { kinds, backends: [], environment: {}, hostname: "test" };
  for (const text of [onPage, inTerminal]) {
    expect(text).toContain(`kind: ${kind.kind}\n`);
    expect(checkConfig("devices.yaml", new TextEncoder().encode(text), known)).toMatchObject({
      problems: [],
      warnings: [],
    });
  }
});

it("has one row for each group of sensors in the README, with all of its kinds", () => {
  const rows = kindTable(kinds).trim().split("\n").slice(2);
  const sensors = kinds.filter(({ group }) => sensorGroups.some((one) => one === group));
  const groups = new Set(sensors.map(({ group }) => group));
  expect(rows).toHaveLength(kinds.length - sensors.length + groups.size);
  for (const { kind } of kinds) expect(rows.filter((row) => row.includes(`\`${kind}\``))).toHaveLength(1);
});

it("lists the kinds for a terminal with a line each, in groups", () => {
  const list = kindList(kinds);
  expect(list).toMatch(/^Sensors of light:$/m);
  for (const { kind, usedFor } of kinds) expect(list).toMatch(new RegExp(`^  ${kind} +${usedFor.slice(0, 10)}`, "m"));
});

it.each([
  ["GY-BME280", ["bme280"]],
  ["gy bme280", ["bme280"]],
  ["HTU21D", ["htu21"]],
  ["KY-040", ["rotary"]],
  ["co2", ["ccs811", "ens160", "mhz19", "scd30", "scd4x", "sgp30"]],
  ["soil moisture", ["ads1015", "ads1115", "mcp3008", "mcp3208"]],
  ["SDM120", ["modbus"]],
  ["PZEM-004T", ["modbus"]],
  ["rely", []],
  ["x", []],
])("finds the kinds for %s", (text, found) => {
  expect(kindsAbout(text, kinds).map(({ kind }) => kind)).toEqual(found);
});

it("says of each sensor how it is connected, what makes it appear, and what it measures", () => {
  const page = sensorTables(kinds);
  expect(page).toContain(
    "| [bme280](../src/devices/README.md#bme280) | temperature, humidity and air pressure from a BME280; also: GY-BME280, Enviro+ | I2C, 0x76, 0x77 | `dtoverlay=i2c-sensor,bme280`\\* | temperature -40 to 85 °C, humidity 0 to 100 %, pressure 300 to 1100 hPa |",
  );
  expect(page).toMatch(/\[ds18b20\].*\| 1-Wire \| `dtoverlay=w1-gpio` \| temperature -55 to 125 °C \|/);
  expect(page).toMatch(/\[dht\].*\| a pin \| `dtoverlay=dht11,gpiopin=4` \|/);
  expect(page).toMatch(
    /\[veml6030\].*\| I2C, 0x10, 0x48 \| `veml6030` in `new_device`; module veml6030, Linux 6\.12\.48 \|/,
  );
  expect(page).toMatch(
    /\[shtc3\].*\| I2C, 0x70 \| `dtoverlay=i2c-sensor,shtc3`; before 2025 `shtc3` in `new_device` \|/,
  );
  expect(page).toMatch(/\[veml6075\].*, Linux 6.8 \|/);
  for (const { kind, group } of kinds)
    expect(page.includes(`| [${kind}](`)).toBe(sensorGroups.some((one) => one === group));
});
