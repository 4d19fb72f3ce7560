import type { DeviceKind } from "../core/kind.ts";

/** A file that exports one kind. */
type KindFile = () => Promise<Readonly<Record<string, DeviceKind>>>;

/**
 * The file of each kind of device by the kind's name, in alphabetical order. A new kind is one file, and one line here. Only the files of
 * the kinds that devices.yaml names are loaded.
 */
export const kindFiles: Readonly<Record<string, KindFile>> = {
  bme280: () => import("./bme280.ts"),
  bme680: () => import("./bme680.ts"),
  bmp180: () => import("./bmp180.ts"),
  bmp280: () => import("./bmp280.ts"),
  bmp388: () => import("./bmp388.ts"),
  button: () => import("./button.ts"),
  ccs811: () => import("./ccs811.ts"),
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
  hdc1080: () => import("./hdc1080.ts"),
  hdc3020: () => import("./hdc3020.ts"),
  hts221: () => import("./hts221.ts"),
  htu21: () => import("./htu21.ts"),
  hygrostat: () => import("./hygrostat.ts"),
  light: () => import("./light.ts"),
  mhz19: () => import("./mhz19.ts"),
  modbus: () => import("./modbus.ts"),
  ms5637: () => import("./ms5637.ts"),
  p1: () => import("./p1.ts"),
  pms5003: () => import("./pms5003.ts"),
  relay: () => import("./relay.ts"),
  rotary: () => import("./rotary.ts"),
  scd4x: () => import("./scd4x.ts"),
  sds011: () => import("./sds011.ts"),
  servo: () => import("./servo.ts"),
  sgp30: () => import("./sgp30.ts"),
  sht3x: () => import("./sht3x.ts"),
  si7021: () => import("./si7021.ts"),
  siren: () => import("./siren.ts"),
  sml: () => import("./sml.ts"),
  sps30: () => import("./sps30.ts"),
  thermostat: () => import("./thermostat.ts"),
  virtual: () => import("./virtual.ts"),
};
