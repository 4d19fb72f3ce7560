import type { DeviceKind } from "../core/kind.ts";

/** A file that exports one kind. */
type KindFile = () => Promise<Readonly<Record<string, DeviceKind>>>;

/**
 * The file of each kind of device by the kind's name, in alphabetical order. A new kind is one file, and one line here. Only the files of
 * the kinds that devices.yaml names are loaded.
 */
export const kindFiles: Readonly<Record<string, KindFile>> = {
  bme280: () => import("./bme280.ts"),
  button: () => import("./button.ts"),
  command: () => import("./command.ts"),
  contact: () => import("./contact.ts"),
  counter: () => import("./counter.ts"),
  cover: () => import("./cover.ts"),
  cpu_temperature: () => import("./cpu-temperature.ts"),
  dht: () => import("./dht.ts"),
  ds18b20: () => import("./ds18b20.ts"),
  fan: () => import("./fan.ts"),
  file: () => import("./file.ts"),
  garage_door: () => import("./garage-door.ts"),
  hygrostat: () => import("./hygrostat.ts"),
  light: () => import("./light.ts"),
  mhz19: () => import("./mhz19.ts"),
  modbus: () => import("./modbus.ts"),
  p1: () => import("./p1.ts"),
  pms5003: () => import("./pms5003.ts"),
  relay: () => import("./relay.ts"),
  rotary: () => import("./rotary.ts"),
  sds011: () => import("./sds011.ts"),
  servo: () => import("./servo.ts"),
  sht3x: () => import("./sht3x.ts"),
  siren: () => import("./siren.ts"),
  sml: () => import("./sml.ts"),
  thermostat: () => import("./thermostat.ts"),
  virtual: () => import("./virtual.ts"),
};
