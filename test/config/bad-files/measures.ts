import { type BadFile, device } from "./bad-file.ts";

/** Files in which what a device measures is wrong, or where it is read. */
export const badMeasures: readonly BadFile[] = [
  [
    "an option of a measure without a value",
    device('kind: file, topic: a, path: /run/x, measures: {a: {name: ""}}'),
    "devices.yaml:2:59  devices.it.measures.a.name: has no value; write one or remove the line",
  ],
  [
    "a place in JSON that begins with $",
    device('kind: file, topic: a, path: /run/x, measures: {a: {json: "$.rooms[0].level"}}'),
    'devices.yaml:2:65  devices.it.measures.a.json: "$.rooms[0].level" is no place in JSON; write keys with points and numbers in brackets, such as rooms[0].temperature',
  ],
  [
    "a place in JSON without quotes between brackets",
    device("kind: file, topic: a, path: /run/x, measures: {a: {json: rooms[0].level}}"),
    "devices.yaml:2:70  here is a [ within a text; put the whole text in quotes",
  ],
  [
    "a word in place of a list of measures",
    device("kind: system, topic: a, measures: uptime"),
    'devices.yaml:2:42  devices.it.measures: "uptime" is not a list of measures; write them in brackets, as in [processor_use, load_1m]',
  ],
  [
    "no measures of a part of IIO",
    device("kind: iio, topic: a, part: x"),
    'devices.yaml:2:3  devices.it.measures: is missing; write "measures: {temperature: {channel: in_temp}}", for example',
  ],
  [
    "no measures of a part of hwmon",
    device("kind: hwmon, topic: a, part: x"),
    'devices.yaml:2:3  devices.it.measures: is missing; write "measures: {speed: {file: fan1_input}}", for example',
  ],
  [
    "no channels of a converter",
    device("kind: ads1115, topic: a"),
    'devices.yaml:2:3  devices.it.channels: is missing; write "channels: {battery: {input: 0, divider: [100k, 10k]}}", for example',
  ],
  [
    "measures without a value",
    device("kind: hwmon, topic: a, part: x, measures: "),
    'devices.yaml:2:40  devices.it.measures: has no value; write "measures: {speed: {file: fan1_input}}", for example',
  ],
  [
    "measures as a list",
    device("kind: hwmon, topic: a, part: x, measures: [temp1_input]"),
    'devices.yaml:2:50  devices.it.measures: "[temp1_input]" is a list; write "measures: {speed: {file: fan1_input}}", for example',
  ],
  [
    "a measure as a word",
    device("kind: hwmon, topic: a, part: x, measures: {a: temp1_input}"),
    'devices.yaml:2:54  devices.it.measures.a: "temp1_input" is not a group of settings; write "a: {file: fan1_input}", for example',
  ],
  [
    "a measure without its place",
    device("kind: modbus, topic: a, port: /dev/serial0, measures: {v: {unit: V}}"),
    'devices.yaml:2:63  devices.it.measures.v.register: is missing; write "register: 0", for example',
  ],
  [
    "a channel without its input",
    device("kind: ads1115, topic: a, channels: {a: {unit: V}}"),
    'devices.yaml:2:44  devices.it.channels.a.input: is missing; write "input: 0", for example',
  ],
  [
    "a decimal comma between brackets",
    device("kind: ads1115, topic: a, channels: {a: {input: 1, digits: 1,5}}"),
    'devices.yaml:2:68  devices.it.channels.a.5: there is no option "5" for a; write a number with a point, as in 0.5, because a comma separates options',
  ],
  [
    "a device class in short",
    device("kind: file, topic: a, path: /run/x, measures: {a: {device_class: volt, unit: V}}"),
    'devices.yaml:2:73  devices.it.measures.a.device_class: "volt" is no device class of a number; did you mean "voltage"?',
  ],
  [
    "a device class that no number has",
    device("kind: file, topic: a, path: /run/x, measures: {a: {device_class: door}}"),
    'devices.yaml:2:73  devices.it.measures.a.device_class: "door" is no device class of a number; www.home-assistant.io/integrations/sensor lists them all',
  ],
  [
    "a name with capitals",
    device("kind: file, topic: a, path: /run/x, measures: {Level: {}}"),
    'devices.yaml:2:55  devices.it.measures.Level: "Level" is no name for a measure; write small letters, digits and _, such as "water_level"',
  ],
  [
    "the name of the time",
    device("kind: file, topic: a, path: /run/x, measures: {ts: {}}"),
    'devices.yaml:2:55  devices.it.measures.ts: "ts" is the time of the reading; give the measure another name',
  ],
  [
    "a number of a manual with six digits",
    device("kind: modbus, topic: a, port: /dev/serial0, measures: {v: {register: 400013}}"),
    'devices.yaml:2:77  devices.it.measures.v.register: "400013" is the number in a manual; write register: 12 and type: holding for that',
  ],
  [
    "words for Modbus that are nearly right",
    device(
      "kind: modbus, topic: a, port: /dev/serial0, measures: {v: {register: 0, type: holding_register, value: U_WORD}}",
    ),
    'devices.yaml:2:86  devices.it.measures.v.type: "holding_register" is none of holding, input, coil, discrete; did you mean "holding"?',
    'devices.yaml:2:111  devices.it.measures.v.value: "U_WORD" is none of uint16, int16, uint32, int32, float32, uint64, int64, float64',
  ],
  [
    "settings of a serial line in other words",
    device(
      'kind: modbus, topic: a, port: /dev/serial0, baud_rate: 9600 baud, parity: N, stop_bits: "1", measures: {v: {register: 0}}',
    ),
    'devices.yaml:2:63  devices.it.baud_rate: "9600 baud" is none of 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200; did you mean "9600"?',
    'devices.yaml:2:82  devices.it.parity: "N" is none of none, even, odd; did you mean "none"?',
    'devices.yaml:2:96  devices.it.stop_bits: "1" is text; write 1 without quotes',
  ],
  [
    "a serial port of another system",
    device("kind: mhz19, topic: a, port: COM3"),
    'devices.yaml:2:37  devices.it.port: "COM3" is not a serial port; write its file, such as /dev/serial0 or a name in /dev/serial/by-id',
  ],
  [
    "a shell's line",
    device("kind: command, topic: a, command: vcgencmd measure_temp"),
    'devices.yaml:2:42  devices.it.command: "vcgencmd …" is not a list; write each word by itself, as in [vcgencmd, measure_temp]',
  ],
  [
    "a line as one word",
    device("kind: command, topic: a, command: [vcgencmd measure_temp]"),
    'devices.yaml:2:42  devices.it.command: "vcgencmd …" begins with one word with a space in it; write each word by itself, as in [vcgencmd, measure_temp]',
  ],
  [
    "a program in this folder",
    device("kind: command, topic: a, command: [./level.sh]"),
    'devices.yaml:2:42  devices.it.command: "[./level.sh]" does not begin with a program; write its name, or its whole path as in [/usr/local/bin/level, --cm]',
  ],
  [
    "a number as a word of a command",
    device("kind: command, topic: a, command: [level, 5]"),
    "devices.yaml:2:50  devices.it.command.1: this value is not text; put it in quotes",
  ],
  [
    "a file in this folder",
    device("kind: file, topic: a, path: level.json"),
    'devices.yaml:2:36  devices.it.path: "level.json" is not the whole path of a file; write it from the first /, as in /run/level.json',
  ],
  [
    "a list of files",
    device("kind: file, topic: a, path: [/run/level]"),
    'devices.yaml:2:36  devices.it.path: "[/run/level]" is not the whole path of a file; write it from the first /, as in /run/level.json',
  ],
];
