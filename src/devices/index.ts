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
  bme680: () => import("./bme680.ts"),
  bmp180: () => import("./bmp180.ts"),
  bmp280: () => import("./bmp280.ts"),
  bmp388: () => import("./bmp388.ts"),
  button: () => import("./button.ts"),
  ccs811: () => import("./ccs811.ts"),
  contact: () => import("./contact.ts"),
  counter: () => import("./counter.ts"),
  cover: () => import("./cover.ts"),
  cpu_temperature: () => import("./cpu-temperature.ts"),
  dht: () => import("./dht.ts"),
  ds1621: () => import("./ds1621.ts"),
  ds18b20: () => import("./ds18b20.ts"),
  fan: () => import("./fan.ts"),
  garage_door: () => import("./garage-door.ts"),
  hdc1080: () => import("./hdc1080.ts"),
  hdc3020: () => import("./hdc3020.ts"),
  hts221: () => import("./hts221.ts"),
  htu21: () => import("./htu21.ts"),
  hygrostat: () => import("./hygrostat.ts"),
  ina219: () => import("./ina219.ts"),
  ina226: () => import("./ina226.ts"),
  ina238: () => import("./ina238.ts"),
  light: () => import("./light.ts"),
  lm75: () => import("./lm75.ts"),
  max17040: () => import("./max17040.ts"),
  mcp9808: () => import("./mcp9808.ts"),
  ms5637: () => import("./ms5637.ts"),
  relay: () => import("./relay.ts"),
  rotary: () => import("./rotary.ts"),
  scd4x: () => import("./scd4x.ts"),
  servo: () => import("./servo.ts"),
  sgp30: () => import("./sgp30.ts"),
  sht21: () => import("./sht21.ts"),
  sht3x: () => import("./sht3x.ts"),
  sht4x: () => import("./sht4x.ts"),
  shtc3: () => import("./shtc3.ts"),
  si7021: () => import("./si7021.ts"),
  siren: () => import("./siren.ts"),
  sps30: () => import("./sps30.ts"),
  thermostat: () => import("./thermostat.ts"),
  tmp102: () => import("./tmp102.ts"),
  tmp117: () => import("./tmp117.ts"),
  virtual: () => import("./virtual.ts"),
};
