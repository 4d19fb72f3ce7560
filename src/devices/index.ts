import type { DeviceKind } from "../core/kind.ts";

/** A file that exports one kind. */
type KindFile = () => Promise<Readonly<Record<string, DeviceKind>>>;

/**
 * The file of each kind of device by the kind's name, in alphabetical order. A new kind is one file, and one line here. Only the files of
 * the kinds that devices.yaml names are loaded.
 */
export const kindFiles: Readonly<Record<string, KindFile>> = {
  adt7410: () => import("./adt7410.ts"),
  aht20: () => import("./aht20.ts"),
  bme280: () => import("./bme280.ts"),
  button: () => import("./button.ts"),
  contact: () => import("./contact.ts"),
  counter: () => import("./counter.ts"),
  cover: () => import("./cover.ts"),
  cpu_temperature: () => import("./cpu-temperature.ts"),
  dht: () => import("./dht.ts"),
  ds1621: () => import("./ds1621.ts"),
  ds18b20: () => import("./ds18b20.ts"),
  fan: () => import("./fan.ts"),
  garage_door: () => import("./garage-door.ts"),
  hwmon: () => import("./hwmon.ts"),
  hygrostat: () => import("./hygrostat.ts"),
  ina219: () => import("./ina219.ts"),
  ina226: () => import("./ina226.ts"),
  ina238: () => import("./ina238.ts"),
  light: () => import("./light.ts"),
  lm75: () => import("./lm75.ts"),
  max17040: () => import("./max17040.ts"),
  mcp9808: () => import("./mcp9808.ts"),
  power_supply: () => import("./power-supply.ts"),
  relay: () => import("./relay.ts"),
  rotary: () => import("./rotary.ts"),
  servo: () => import("./servo.ts"),
  sht21: () => import("./sht21.ts"),
  sht3x: () => import("./sht3x.ts"),
  sht4x: () => import("./sht4x.ts"),
  shtc3: () => import("./shtc3.ts"),
  siren: () => import("./siren.ts"),
  system: () => import("./system.ts"),
  thermal: () => import("./thermal.ts"),
  thermostat: () => import("./thermostat.ts"),
  tmp102: () => import("./tmp102.ts"),
  tmp117: () => import("./tmp117.ts"),
  virtual: () => import("./virtual.ts"),
};
