import { connectionOf, takes } from "../core/connection.ts";
import type { Look } from "./finding.ts";
import { known, proposed } from "./propose.ts";

const root = "/sys/bus/w1/devices";
const overlay = 'add "dtoverlay=w1-gpio" to /boot/firmware/config.txt and reboot; it takes GPIO4';

/** Parts on 1-Wire: each has a folder that is named after its family and its number (Documentation/w1/w1-generic.rst). */
export const lookAtOneWire: Look = async ({ files, kinds }) => {
  const names = await files.list(root);
  const place = "1-Wire";
  if (!names.some((name) => name.startsWith("w1_bus_master")))
    return [{ place, findings: [], problem: `there is no 1-Wire bus; ${overlay}` }];
  // Family 00 is none: a bus without its resistor answers with such numbers.
  const parts = names.filter((name) => /^[0-9a-f]{2}-[0-9a-f]{12}$/.test(name) && !name.startsWith("00-"));
  const onBus = kinds.filter((kind) => connectionOf(kind).bus === "1-Wire");
  const findings = parts.map((name) => {
    const devices = onBus
      .filter(({ options }) => takes(options, "address", name))
      .map((kind) => proposed(kind, { address: name }));
    return known(`the part ${name}`, devices);
  });
  const problem =
    parts.length > 0
      ? undefined
      : "there is a bus, and nothing answers on it; check the wires, and the resistor of 4.7 kΩ between data and 3V3";
  return [{ place, findings, problem }];
};
