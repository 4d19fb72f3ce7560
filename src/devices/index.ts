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
  ds2423: () => import("./ds2423.ts"),
  ds2438: () => import("./ds2438.ts"),
  ens160: () => import("./ens160.ts"),
  fan: () => import("./fan.ts"),
  file: () => import("./file.ts"),
  garage_door: () => import("./garage-door.ts"),
  hc_sr04: () => import("./hc-sr04.ts"),
  hx711: () => import("./hx711.ts"),
  hygrostat: () => import("./hygrostat.ts"),
  ina3221: () => import("./ina3221.ts"),
  light: () => import("./light.ts"),
  ltr390: () => import("./ltr390.ts"),
  mhz19: () => import("./mhz19.ts"),
  modbus: () => import("./modbus.ts"),
  p1: () => import("./p1.ts"),
  pms5003: () => import("./pms5003.ts"),
  relay: () => import("./relay.ts"),
  rotary: () => import("./rotary.ts"),
  scd30: () => import("./scd30.ts"),
  sds011: () => import("./sds011.ts"),
  servo: () => import("./servo.ts"),
  sht3x: () => import("./sht3x.ts"),
  siren: () => import("./siren.ts"),
  sml: () => import("./sml.ts"),
  thermostat: () => import("./thermostat.ts"),
  tsl2561: () => import("./tsl2561.ts"),
  tsl2591: () => import("./tsl2591.ts"),
  veml7700: () => import("./veml7700.ts"),
  virtual: () => import("./virtual.ts"),
  vl53l0x: () => import("./vl53l0x.ts"),
};
