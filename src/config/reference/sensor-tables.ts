import * as z from "zod";
import { type Connection, connectionOf } from "../../core/connection.ts";
import type { DeviceKind } from "../../core/kind.ts";
import { kindGroups, sensorGroups } from "../../core/kind-groups.ts";
import type { Measure } from "../../core/measure.ts";
import { addressesText } from "../../core/readers/bus-address.ts";
import type { Driver } from "../../core/readers/driver.ts";

/** A Markdown table for each group of sensors: which sensor is for what, how it is connected, and what it measures. */
export function sensorTables(kinds: readonly DeviceKind[]): string {
  const sections = sensorGroups.map((group) => {
    const rows = kinds.filter((kind) => kind.group === group).map(sensorRow);
    return `### ${kindGroups[group]}

| \`kind:\` | for | connected by | what makes it appear | measures |
| --- | --- | --- | --- | --- |
${rows.join("")}`;
  });
  return sections.join("\n");
}

function sensorRow(kind: DeviceKind): string {
  const connection = connectionOf(kind);
  const cells = [
    `[${kind.kind}](../src/devices/README.md#${kind.kind})`,
    kind.searchedAs === undefined ? kind.usedFor : `${kind.usedFor}; also: ${kind.searchedAs.join(", ")}`,
    placeText(connection),
    appearingText(connection),
    measuresText(kind),
  ];
  return `| ${cells.join(" | ")} |\n`;
}

function placeText({ bus, addresses = [] }: Connection): string {
  return addresses.length === 0 ? bus : `${bus}, ${addressesText(addresses, ", ")}`;
}

/** What has to be done so that the sensor is there. */
function appearingText({ bus, driver, line }: Connection): string {
  if (line !== undefined) return `\`${line}\``;
  if (driver !== undefined)
    return `${driverText(driver)}${driver.since === undefined ? "" : `, Linux ${driver.since}`}`;
  return bus === "I2C" ? "`dtparam=i2c_arm=on`; no driver" : "";
}

function driverText({ overlay, hasAddr, overlaySince, names, addresses, module }: Driver): string {
  const [usual, other] = addresses;
  const byHand = `\`${names[0]}\` in \`new_device\``;
  if (overlay === undefined) return `${byHand}; module ${module}`;
  const moved = hasAddr && usual !== undefined && other !== undefined ? "\\*" : "";
  const older = overlaySince === undefined ? "" : `; before ${overlaySince} ${byHand}`;
  return `\`dtoverlay=${overlay}\`${moved}${older}`;
}

function measuresText(kind: DeviceKind): string {
  const { measured, measures = {}, options, example } = kind;
  const shown = measured?.(z.object(options).parse(example)) ?? measures;
  const words = Object.entries(shown).map(measureText).join(", ");
  return isChosen(kind) ? `for example ${words}` : words;
}

/** Whether the options of a device decide which measures it has: its schema has no names then. */
function isChosen({ state }: DeviceKind): boolean {
  return state instanceof z.ZodRecord;
}

function measureText([
  name,
  {
    unit,
    range: [low, high],
    flag,
  },
]: [string, Measure]): string {
  if (flag) return name;
  const isWide = Math.abs(low) > 1e9 || Math.abs(high) > 1e9;
  return `${name}${isWide ? "" : ` ${short(low)} to ${short(high)}`}${unit === undefined ? "" : ` ${unit}`}`;
}

/** A limit without the digits that say nothing. */
function short(limit: number): number {
  return Number(limit.toPrecision(4));
}
