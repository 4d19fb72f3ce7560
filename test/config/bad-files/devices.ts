import { type BadFile, device, lamp } from "./bad-file.ts";

/** Files in which devices, kinds or the names of options are wrong. */
export const badDevices: readonly BadFile[] = [
  [
    "a kind as the id and none as the kind",
    "devices:\n  bme280: {topic: a}\n",
    'devices.yaml:2:3  devices.bme280.kind: is missing; write "kind: bme280", if that is what it is',
  ],
  [
    "a kind with a capital letter before its colon",
    device("Kind: bme280, topic: a"),
    'devices.yaml:2:3  devices.it.kind: is missing; write "kind" for "Kind"',
  ],
  ["no devices", "agent: {id: a}\n", "devices.yaml:1:1  devices: there are no devices; add one below it, indented"],
  [
    "an empty devices section",
    "\ndevices:\n",
    "devices.yaml:2:1  devices: there are no devices; add one below it, indented",
  ],
  [
    "devices as a list",
    "devices:\n  - lamp\n",
    'devices.yaml:2:3  devices: the devices are written as a list; take each dash away, and let the device\'s id become the key above its settings, as in "lamp:" without a line "id"',
  ],
  [
    "devices as a list with ids",
    "devices:\n  - id: fan\n    kind: relay\n    topic: home/fan\n",
    'devices.yaml:2:3  devices: the devices are written as a list; take each dash away, and let the device\'s id become the key above its settings, as in "fan:" without a line "id"',
  ],
  [
    "devices as an empty list",
    "devices: []\n",
    "devices.yaml:1:1  devices: there are no devices; add one below it, indented",
  ],
  [
    "a device's settings as a list",
    "devices:\n  lamp:\n    - kind: relay\n    - topic: home/lamp\n",
    "devices.yaml:2:3  devices.lamp: a device's settings are written as a list; take the dashes or the brackets away",
  ],
  [
    "a device that says its id again",
    device("id: it, kind: relay, topic: a, pin: 17"),
    'devices.yaml:2:8  devices.it.id: the id of a device is the key above its settings, here "it"; remove this line',
  ],
  [
    "a device without settings",
    "devices:\n  lamp:\n",
    "devices.yaml:2:3  devices.lamp: a device's settings are missing; write kind, topic and the others on lines below it, indented",
  ],
  [
    "an id with a space",
    'devices:\n  "my lamp": {kind: relay, topic: a, pin: 17}\n',
    'devices.yaml:2:3  devices.my lamp: "my lamp" is not an id; write letters, digits, - and _, at most 64 of them',
  ],
  [
    "an id used twice",
    `${lamp}  lamp: {kind: relay, topic: home/other, pin: 18}\n`,
    'devices.yaml:3:3  devices.lamp: the id "lamp" is used twice, first in line 2; give each device its own',
  ],
  [
    "an option written twice",
    device("kind: relay, topic: a, pin: 17, pin: 18"),
    'devices.yaml:2:40  devices.it.pin: the key "pin" is written twice, first in line 2; remove one',
  ],
  [
    "a kind that does not exist",
    device("kind: rely, topic: a, pin: 17"),
    'devices.yaml:2:14  devices.it.kind: there is no kind "rely"; did you mean "relay"?',
  ],
  [
    "a kind with two letters exchanged",
    device("kind: ligth, topic: a, pin: 18"),
    'devices.yaml:2:14  devices.it.kind: there is no kind "ligth"; did you mean "light"?',
  ],
  [
    "the first word of an option",
    device("kind: virtual, topic: a, type: number, min: 5"),
    'devices.yaml:2:47  devices.it.min: there is no option "min" for the kind virtual; did you mean "min_value"?',
  ],
  [
    "a part of two options",
    device("kind: garage_door, topic: a, button_pin: 22, closed_contact_pin: 9, contact_pin: 10, open_time: 15s"),
    'devices.yaml:2:76  devices.it.contact_pin: there is no option "contact_pin" for the kind garage_door; did you mean "closed_contact_pin" or "open_contact_pin"?',
  ],
  [
    "two interlock groups",
    device("kind: relay, topic: a, pin: 17, interlock: [a, b]"),
    'devices.yaml:2:51  devices.it.interlock: "[a, b]" is not the name of a group; write letters, digits, - and _',
  ],
  [
    "a number that must be more than its limit",
    device("kind: counter, topic: a, pin: 17, max_rate: 0"),
    'devices.yaml:2:52  devices.it.max_rate: "0" is too small; write more than 0',
  ],
  [
    "tones without names",
    device("kind: siren, topic: a, pin: 17, tones: [alarm]"),
    'devices.yaml:2:47  devices.it.tones: "[alarm]" is a list; write a name for each tone, as in {alarm: [500ms, 500ms]}',
  ],
  [
    "a kind that is like none",
    device("kind: helicopter, topic: a"),
    `devices.yaml:2:14  devices.it.kind: there is no kind "helicopter"; "pi2mqtt kinds" lists all`,
  ],
  ["no kind", device("topic: a"), `devices.yaml:2:3  devices.it.kind: is missing; "pi2mqtt kinds" lists all`],
  [
    "no topic and no pin",
    device("kind: relay"),
    'devices.yaml:2:3  devices.it.topic: is missing; write "topic: home/office/lamp", for example',
    'devices.yaml:2:3  devices.it.pin: is missing; write "pin: 6", for example',
  ],
  [
    "an option without a value",
    "devices:\n  it:\n    kind: relay\n    topic: a\n    pin:\n",
    'devices.yaml:5:5  devices.it.pin: has no value; write "pin: 6", for example',
  ],
  [
    "an unknown option",
    device("kind: relay, topic: a, pin: 17, activ_low: true"),
    'devices.yaml:2:40  devices.it.activ_low: there is no option "activ_low" for the kind relay; did you mean "active_low"?',
  ],
];
