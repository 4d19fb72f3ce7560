import type { DeviceKind } from "../core/kind.ts";

/** A file that exports one kind. */
type KindFile = () => Promise<Readonly<Record<string, DeviceKind>>>;

/**
 * The file of each kind of device by the kind's name, in alphabetical order. A new kind is one file, and one line here. Only the files of
 * the kinds that devices.yaml names are loaded.
 */
export const kindFiles: Readonly<Record<string, KindFile>> = {
  ads1015: () => import("./ads1015.ts"),
  ads1115: () => import("./ads1115.ts"),
  apds9960: () => import("./apds9960.ts"),
  bh1750: () => import("./bh1750.ts"),
  bme280: () => import("./bme280.ts"),
  button: () => import("./button.ts"),
  contact: () => import("./contact.ts"),
  counter: () => import("./counter.ts"),
  cover: () => import("./cover.ts"),
  cpu_temperature: () => import("./cpu-temperature.ts"),
  dht: () => import("./dht.ts"),
  ds18b20: () => import("./ds18b20.ts"),
  fan: () => import("./fan.ts"),
  garage_door: () => import("./garage-door.ts"),
  hygrostat: () => import("./hygrostat.ts"),
  light: () => import("./light.ts"),
  max31855: () => import("./max31855.ts"),
  max31856: () => import("./max31856.ts"),
  max6675: () => import("./max6675.ts"),
  mcp3008: () => import("./mcp3008.ts"),
  mcp3208: () => import("./mcp3208.ts"),
  mcp3422: () => import("./mcp3422.ts"),
  mpu6050: () => import("./mpu6050.ts"),
  relay: () => import("./relay.ts"),
  rotary: () => import("./rotary.ts"),
  servo: () => import("./servo.ts"),
  sht3x: () => import("./sht3x.ts"),
  siren: () => import("./siren.ts"),
  tcs34725: () => import("./tcs34725.ts"),
  thermostat: () => import("./thermostat.ts"),
  tsl4531: () => import("./tsl4531.ts"),
  veml6030: () => import("./veml6030.ts"),
  veml6070: () => import("./veml6070.ts"),
  veml6075: () => import("./veml6075.ts"),
  virtual: () => import("./virtual.ts"),
};
