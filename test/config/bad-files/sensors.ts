import { type BadFile, device } from "./bad-file.ts";

/** Files in which an option of a sensor is wrong. */
export const badSensors: readonly BadFile[] = [
  [
    "the name of a 1-Wire bus",
    device("kind: ds18b20, topic: a, bus: w1_bus_master1"),
    'devices.yaml:2:38  devices.it.bus: "w1_bus_master1" is no 1-Wire bus; write its number alone and without quotes, as in bus: 1 for w1_bus_master1',
  ],
  [
    "the name of a bus",
    device("kind: bme280, topic: a, bus: i2c-1"),
    'devices.yaml:2:37  devices.it.bus: "i2c-1" is no I2C bus; write its number alone and without quotes, as in bus: 1 for /dev/i2c-1',
  ],
  [
    "the number of a bus in quotes",
    device('kind: bme280, topic: a, bus: "1"'),
    'devices.yaml:2:37  devices.it.bus: "1" is no I2C bus; write its number alone and without quotes, as in bus: 1 for /dev/i2c-1',
  ],
  [
    "an address without 0x",
    device("kind: bme280, topic: a, address: 76"),
    'devices.yaml:2:41  devices.it.address: "76" is a decimal number; write 0x76, which is hexadecimal',
  ],
  [
    "an address in quotes",
    device('kind: bme280, topic: a, address: "0x76"'),
    'devices.yaml:2:41  devices.it.address: "0x76" is no address; write 0x76 or 0x77, without quotes',
  ],
  [
    "an address that the part cannot have",
    device("kind: bme280, topic: a, address: 0x78"),
    'devices.yaml:2:41  devices.it.address: "0x78" is no address of this part; it can have 0x76, 0x77',
  ],
  [
    "the number of a thermometer as a number",
    device("kind: ds18b20, topic: a, address: 0x280316a2794d36"),
    'devices.yaml:2:42  devices.it.address: "0x280316a2794d36" is not the number of a thermometer; write its folder\'s name in /sys/bus/w1/devices, such as 28-0316a2795dff',
  ],
  [
    "the file of an SPI device",
    device("kind: max31855, topic: a, device: /dev/spidev0.0"),
    'devices.yaml:2:42  devices.it.device: "/dev/spidev0.0" is no SPI device; write bus and chip select, such as spi0.0',
  ],
  [
    "a number for an SPI device",
    device("kind: max31855, topic: a, device: 0"),
    'devices.yaml:2:42  devices.it.device: "0" is no SPI device; write bus and chip select, such as spi0.0',
  ],
  [
    "a number of the kernel for a part",
    device("kind: hwmon, topic: a, part: nvme, device: hwmon2, measures: {a: {file: temp1_input}}"),
    'devices.yaml:2:51  devices.it.device: "hwmon2" has a number that can change at each boot; write where the part is, such as 1-0048',
  ],
  [
    "times in other words",
    device('kind: bme280, topic: a, every: 30 Sekunden, heartbeat: "10 minutes", publish: on_change'),
    'devices.yaml:2:39  devices.it.every: "30 Sekunden" is not a duration; write 30s',
    'devices.yaml:2:63  devices.it.heartbeat: "10 minutes" is not a duration; write 10m',
  ],
  [
    "a time in words that nobody knows",
    device("kind: bme280, topic: a, every: often"),
    'devices.yaml:2:39  devices.it.every: "often" is not a duration; write a number with its unit, such as 500ms, 30s, 5m or 2h',
  ],
  [
    "a dew point of a sensor without humidity",
    device("kind: bmp280, topic: a, derive: [dew_point]"),
    'devices.yaml:2:41  devices.it.derive.0: "dew_point" needs temperature and humidity, and no humidity is measured here; it is for sensors that measure both',
  ],
  [
    "a dew point of a sensor that cannot derive",
    device("kind: ds18b20, topic: a, derive: [dew_point]"),
    'devices.yaml:2:33  devices.it.derive: there is no option "derive" for the kind ds18b20; dew_point needs temperature and humidity, and no humidity is measured here; it is for sensors that measure both, so remove this line',
  ],
  [
    "an altitude of a sensor without pressure",
    device("kind: ds18b20, topic: a, altitude: 320m"),
    'devices.yaml:2:33  devices.it.altitude: there is no option "altitude" for the kind ds18b20; sea_level_pressure needs atmospheric pressure, and no atmospheric pressure is measured here; it is for sensors that measure it, so remove this line',
  ],
  [
    "a dew point of measures that do not say what they are",
    device(
      "kind: file, topic: a, path: /run/x, measures: {t: {device_class: temperature, unit: °C}}, derive: [dew_point]",
    ),
    "devices.yaml:2:106  devices.it.derive: dew_point needs temperature and humidity, and no humidity is measured here; it is for sensors that measure both; what a measure is, its device_class says",
  ],
  [
    "a range as a group",
    device("kind: ds18b20, topic: a, range: {min: 10, max: 40}"),
    'devices.yaml:2:41  devices.it.range.min: "min" is not how a range is written; write the lowest and the highest value, as in [10, 40]',
    'devices.yaml:2:50  devices.it.range.max: "max" is not how a range is written; write the lowest and the highest value, as in [10, 40]',
  ],
  [
    "a range in words",
    device("kind: bme280, topic: a, range: {temperature: 10-40}"),
    'devices.yaml:2:53  devices.it.range.temperature: "10-40" is not a range; write the lowest and the highest value, as in [10, 40]',
  ],
  [
    "a number in brackets",
    device("kind: ds18b20, topic: a, max_change: [5]"),
    'devices.yaml:2:45  devices.it.max_change: "[5]" is not a number; write it without brackets: 5',
  ],
  [
    "a number with a comma and one with a unit",
    device('kind: ds18b20, topic: a, publish: on_change, delta: "0,5", max_change: 5°C/min'),
    'devices.yaml:2:60  devices.it.delta: "0,5" is not a number; write it with a point: 0.5',
    'devices.yaml:2:79  devices.it.max_change: "5°C/min" is not a number; write it without a unit: 5',
  ],
  [
    "true in another language",
    device("kind: ds18b20, topic: a, quality: ja"),
    'devices.yaml:2:42  devices.it.quality: "ja" is not true or false; write true',
  ],
  [
    "publish in two words",
    device("kind: ds18b20, topic: a, publish: on change"),
    'devices.yaml:2:42  devices.it.publish: "on change" is none of always, on_change; did you mean "on_change"?',
  ],
  [
    "a measure as an option",
    device("kind: bme280, topic: a, temperature: {name: Cellar}"),
    'devices.yaml:2:32  devices.it.temperature: there is no option "temperature" for the kind bme280; it is measured anyway: remove this, or write its name as in home_assistant: {temperature: {name: …}}',
  ],
  [
    "a measure that is called as the entity of the quality",
    device("kind: file, topic: a, path: /run/x, quality: true, measures: {a: {name: Problem}}"),
    'devices.yaml:2:53  devices.it.quality: is shown as "Problem", and so is the measure a; write another name for that',
  ],
];
