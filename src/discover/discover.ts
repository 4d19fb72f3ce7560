import { explain } from "../core/errors.ts";
import type { FoundPlace, Look, LookPorts } from "./finding.ts";
import { lookAtGpio } from "./gpio.ts";
import { lookAtI2c } from "./i2c.ts";
import { lookAtHwmon, lookAtIio, lookAtPowerSupplies, lookAtSpi } from "./kernel-devices.ts";
import { lookAtOneWire } from "./one-wire.ts";
import { lookAtSerial } from "./serial.ts";

/** In the order in which they are told. */
const looks: readonly (readonly [place: string, look: Look])[] = [
  ["1-Wire", lookAtOneWire],
  ["I2C", lookAtI2c],
  ["SPI", lookAtSpi],
  ["IIO", lookAtIio],
  ["hwmon", lookAtHwmon],
  ["Power supplies", lookAtPowerSupplies],
  ["Serial lines", lookAtSerial],
  ["Pins", lookAtGpio],
];

/** Looks at everything that is connected, one place after the other. What cannot be looked at says why. Never rejects. */
export async function discover(ports: LookPorts): Promise<readonly FoundPlace[]> {
  const places: FoundPlace[] = [];
  for (const [place, look] of looks)
    places.push(...(await look(ports).catch((error) => [{ place, findings: [], problem: explain(error) }])));
  return places;
}
