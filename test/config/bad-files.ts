import { kinds } from "../fakes/kinds.ts";

const kindNames = kinds.map(({ kind }) => kind).join(", ");

/** A lamp that is right, for files in which something else is wrong. */
export const lamp = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";
/** A file with one device called `it`. */
export const device = (settings: string) => `devices:\n  it: {${settings}}\n`;

/** Files that are refused: what is wrong, the text, and every line that is said about it. */
export const badFiles: [what: string, yaml: string, ...problems: string[]][] = [
  ["an empty file", "", 'devices.yaml:1:1  the file is empty; begin with "devices:" and one device below it'],
  [
    "only comments",
    "# hello\n\n",
    'devices.yaml:1:1  the file is empty; begin with "devices:" and one device below it',
  ],
  [
    "a list",
    "- lamp\n",
    'devices.yaml:1:1  this is not a devices.yaml; begin with "devices:" and one device below it, indented',
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
    "a section as a list",
    `gpio:\n  - backend: auto\n${lamp}`,
    'devices.yaml:2:3  gpio: "- backend: auto" is a list; take the dashes or the brackets away',
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
    'devices.yaml:2:51  devices.it.interlock: "[a, b]" is not text; write a word',
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
    `devices.yaml:2:14  devices.it.kind: there is no kind "helicopter"; there are ${kindNames}`,
  ],
  ["no kind", device("topic: a"), `devices.yaml:2:3  devices.it.kind: is missing; there are ${kindNames}`],
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
  [
    "an unknown section",
    `brokr: {}\n${lamp}`,
    'devices.yaml:1:1  brokr: there is no option "brokr" for devices.yaml; did you mean "broker"?',
  ],
  [
    "an unknown setting of a section",
    `broker: {host: a}\n${lamp}`,
    'devices.yaml:1:10  broker.host: there is no option "host" for the section broker; there are url, urls, username, password, ca, cert, key, check_server_name, keepalive',
  ],
  [
    "a word where true or false belongs",
    device("kind: relay, topic: a, pin: 17, active_low: yes"),
    'devices.yaml:2:52  devices.it.active_low: "yes" is not true or false; since YAML 1.2 that is a text: write true',
  ],
  ...(
    [
      ["Yes", "; since YAML 1.2 that is a text: write true"],
      ["on", "; since YAML 1.2 that is a text: write true"],
      ["y", "; since YAML 1.2 that is a text: write true"],
      ["1", "; since YAML 1.2 that is a text: write true"],
      ["no", "; since YAML 1.2 that is a text: write false"],
      ["OFF", "; since YAML 1.2 that is a text: write false"],
      ["n", "; since YAML 1.2 that is a text: write false"],
      ["0", "; since YAML 1.2 that is a text: write false"],
      ["'true'", "; write true without quotes"],
      ["maybe", ""],
    ] as const
  ).map(([word, advice]): [string, string, string] => [
    `${word} where true or false belongs`,
    device(`kind: relay, topic: a, pin: 17, active_low: ${word}`),
    `devices.yaml:2:52  devices.it.active_low: "${word.replaceAll("'", "")}" is not true or false${advice}`,
  ]),
  [
    "a word where true, false or legacy belongs",
    `home_assistant: {discovery: no}\n${lamp}`,
    'devices.yaml:1:29  home_assistant.discovery: "no" is not true, false or legacy; since YAML 1.2 that is a text: write false',
  ],
  [
    "a word that is none of the choice",
    device("kind: relay, topic: a, pin: 17, initial: ON"),
    'devices.yaml:2:49  devices.it.initial: "ON" is none of off, on, keep, last; did you mean "on"?',
  ],
  [
    "a backend that does not exist",
    `gpio: {backend: onof}\n${lamp}`,
    'devices.yaml:1:17  gpio.backend: "onof" is none of auto, onoff, simulated; did you mean "onoff"?',
  ],
  [
    "a broker without a scheme",
    `broker: {url: "localhost:1883"}\n${lamp}`,
    'devices.yaml:1:15  broker.url: "localhost:1883" is not a broker\'s address; write mqtt://HOST:1883, or mqtts://HOST:8883 for TLS',
  ],
  [
    "a broker's address with a password",
    `broker: {url: "http://me:secret@host"}\n${lamp}`,
    'devices.yaml:1:15  broker.url: "http://…@host" is not a broker\'s address; write mqtt://HOST:1883, or mqtts://HOST:8883 for TLS',
  ],
  [
    "a password that is a number",
    `broker: {password: 123456}\n${lamp}`,
    "devices.yaml:1:20  broker.password: this value is not text; put it in quotes",
  ],
  [
    "a password without a user",
    `broker: {password: secret}\n${lamp}`,
    "devices.yaml:1:10  broker.password: there is a password but no user; set MQTT_USERNAME or broker.username",
  ],
  [
    "an agent's id with a slash",
    `agent: {id: a/b}\n${lamp}`,
    'devices.yaml:1:13  agent.id: "a/b" is not an id; write it with letters, digits, - and _, at most 64 of them',
  ],
  [
    "an agent's topic with a wildcard",
    `agent: {topic: house/#}\n${lamp}`,
    'devices.yaml:1:16  agent.topic: "house/#" has a wildcard; write one topic, without + and #',
  ],
  [
    "a device's topic that is one of the agent's",
    `agent: {topic: home}\n${device("kind: relay, topic: home/status, pin: 17")}`,
    'devices.yaml:3:28  devices.it.topic: "home/status" is already the topic of the agent; choose another',
  ],
  [
    "an agent's topic that is Home Assistant's",
    `agent: {topic: homeassistant}\n${lamp}`,
    'devices.yaml:1:16  agent.topic: "homeassistant/status" would be used by the agent and by Home Assistant\'s status_topic; choose another',
  ],
  [
    "a device's topic that is Home Assistant's",
    device("kind: relay, topic: homeassistant/status, pin: 17"),
    'devices.yaml:2:28  devices.it.topic: "homeassistant/status" is already the topic of Home Assistant\'s status_topic; choose another',
  ],
  ...(
    [
      ["homeassistant/switch/lamp", "homeassistant", ""],
      ["homeassistant", "homeassistant", ""],
      ["ha/x/lamp", "ha/x", ", prefix: ha/x, discovery: legacy"],
    ] as const
  ).map(([topic, prefix, settings]): [string, string, string] => [
    `the topic ${topic} below the discovery prefix`,
    `home_assistant: {status_topic: birth${settings}}\n${device(`kind: relay, topic: ${topic}, pin: 17`)}`,
    `devices.yaml:3:28  devices.it.topic: "${topic}" begins with "${prefix}", Home Assistant's discovery prefix, which is for announcements alone; choose another beginning`,
  ]),
  [
    "an agent's topic below the discovery prefix",
    `agent: {topic: homeassistant/pi}\n${lamp}`,
    'devices.yaml:1:16  agent.topic: "homeassistant/pi" begins with "homeassistant", Home Assistant\'s discovery prefix, which is for announcements alone; choose another beginning',
  ],
  [
    "a discovery prefix above the agent's topic",
    `home_assistant: {prefix: pi2mqtt}\n${lamp}`,
    'devices.yaml:1:26  home_assistant.prefix: "pi2mqtt/test" begins with "pi2mqtt", Home Assistant\'s discovery prefix, which is for announcements alone; choose another beginning',
  ],
  [
    "a duration without a unit",
    device("kind: cpu_temperature, topic: a, every: 30"),
    'devices.yaml:2:48  devices.it.every: "30" is not a duration; write a number with its unit, such as 500ms, 30s, 5m or 2h',
  ],
  ...["0s", "-5s", "1ms", "40d"].map((every): [string, string, string] => [
    `a duration of ${every}`,
    device(`kind: cpu_temperature, topic: a, every: ${every}`),
    every === "-5s"
      ? 'devices.yaml:2:48  devices.it.every: "-5s" is not a duration; write a number with its unit, such as 500ms, 30s, 5m or 2h'
      : `devices.yaml:2:48  devices.it.every: "${every}" is out of range; write a duration from 1s to 1d`,
  ]),
  [
    "a pin that is none",
    device("kind: relay, topic: a, pin: seventeen"),
    'devices.yaml:2:36  devices.it.pin: "seventeen" is not a pin; write the BCM number, such as 17 or GPIO17, or the header position, such as BOARD11, or the line of a named chip, such as relays/3',
  ],
  [
    "a position of the header that is power",
    device("kind: relay, topic: a, pin: BOARD2"),
    'devices.yaml:2:36  devices.it.pin: "BOARD2" is power or ground, not a GPIO; choose another position of the header',
  ],
  [
    "a pin outside the header",
    device("kind: relay, topic: a, pin: 28"),
    "devices.yaml:2:36  devices.it.pin: pin 28 is not on the header, which has GPIO 2 to 27; choose one of these, or add it to gpio.force_pins",
  ],
  ...(
    [
      ["529", 529, 17, "512 on most machines"],
      ["GPIO512", 512, 0, "512 on most machines"],
      ["BCM598", 598, 27, "571 on the first kernels of the Pi 5"],
    ] as const
  ).map(([written, number, pin, base]): [string, string, string] => [
    `the pin ${written}, which is a number of the kernel's`,
    device(`kind: relay, topic: a, pin: ${written}`),
    `devices.yaml:2:36  devices.it.pin: pin ${number} is not on the header; it is the number of GPIO${pin} in /sys/class/gpio, which counts from ${base}; write ${pin}`,
  ]),
  [
    "a pin between those that kernels count from",
    device("kind: relay, topic: a, pin: 541"),
    "devices.yaml:2:36  devices.it.pin: pin 541 is not on the header, which has GPIO 2 to 27; choose one of these, or add it to gpio.force_pins",
  ],
  [
    "a reserved pin",
    device("kind: relay, topic: a, pin: BOARD27"),
    "devices.yaml:2:36  devices.it.pin: pin 0 belongs to the memory chip of a HAT; choose another, or add it to gpio.force_pins",
  ],
  [
    "a pin used twice, in two notations",
    `${lamp}  fan: {kind: relay, topic: home/fan, pin: BOARD11}\n`,
    'devices.yaml:3:44  devices.fan.pin: pin 17 is already used by "lamp"; choose another',
  ],
  [
    "a pin used twice by two kinds",
    `${lamp}  climate: {kind: dht, topic: home/climate, pin: GPIO17}\n`,
    'devices.yaml:3:50  devices.climate.pin: pin 17 is already used by "lamp"; choose another',
  ],
  [
    "a topic used twice",
    `${lamp}  fan: {kind: relay, topic: home/lamp, pin: 18}\n`,
    'devices.yaml:3:29  devices.fan.topic: "home/lamp" is already the topic of "lamp"; choose another',
  ],
  ...["set", "state", "availability"].map((word): [string, string, string] => [
    `a topic that is another device's ${word} topic`,
    `${lamp}  pi: {kind: cpu_temperature, topic: home/lamp/${word}}\n`,
    `devices.yaml:3:38  devices.pi.topic: "home/lamp/${word}" would be used by "lamp" too; choose a topic that is not below another device's`,
  ]),
  [
    "a topic that another device's would run into",
    `devices:\n  pi: {kind: cpu_temperature, topic: home/lamp/state}\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n`,
    'devices.yaml:3:30  devices.lamp.topic: "home/lamp/state" would be used by "pi" too; choose a topic that is not below another device\'s',
  ],
  [
    "the agent's own topic",
    device("kind: cpu_temperature, topic: pi2mqtt/test/status"),
    'devices.yaml:2:38  devices.it.topic: "pi2mqtt/test/status" is already the topic of the agent; choose another',
  ],
  ...(
    [
      ["home/#", "has a wildcard; write one topic, without + and #"],
      ["home/+/lamp", "has a wildcard; write one topic, without + and #"],
      ["$SYS/lamp", "begins with $, which belongs to the broker; begin with a word such as home"],
      ["/home", "has an empty level; remove the leading, trailing or double /"],
      ["home/", "has an empty level; remove the leading, trailing or double /"],
      ["home//lamp", "has an empty level; remove the leading, trailing or double /"],
      ["home/\\0lamp", "has a control character; remove it"],
      [" home/lamp", "has a space at its beginning or its end; remove it"],
      ["home/lamp ", "has a space at its beginning or its end; remove it"],
      [
        "home\\_/lamp",
        "has a no-break space (U+00A0) as its character 5; type a plain space, or nothing, in its place",
      ],
      ["home/\\u200blamp", "has a zero-width space (U+200B) as its character 6; remove it"],
    ] as const
  ).map(([topic, sentence]): [string, string, string] => [
    `the topic ${topic}`,
    device(`kind: cpu_temperature, topic: "${topic}"`),
    `devices.yaml:2:38  devices.it.topic: "${topic}" ${sentence}`,
  ]),
  [
    "an empty topic",
    device('kind: cpu_temperature, topic: ""'),
    'devices.yaml:2:31  devices.it.topic: has no value; write "topic: home/office/pi", for example',
  ],
  [
    "a topic that is a number",
    device("kind: cpu_temperature, topic: 17"),
    'devices.yaml:2:38  devices.it.topic: "17" is not text; put it in quotes',
  ],
  [
    "a variable that is not set",
    `broker: {url: "${"${BROKER}"}"}\n${lamp}`,
    "devices.yaml:1:15  broker.url: the variable ${BROKER} is not set; set it in the environment or in .env beside this file",
  ],
  [
    "a variable with a name that cannot be",
    `broker: {url: "${"${MY-BROKER}"}"}\n${lamp}`,
    "devices.yaml:1:15  broker.url: between ${ and } stands no variable's name; write it with letters, digits and _, or put a text with ${ in it into a variable",
  ],
  ["a tab", "devices:\n\tlamp: {}\n", "devices.yaml:2:1  this line is indented with a tab; YAML wants spaces"],
  [
    "two brackets that are not closed",
    "devices: {lamp: {kind: relay\n",
    "devices.yaml:1:10  the { here is not closed; close it with }",
    "devices.yaml:1:17  the { here is not closed; close it with }",
  ],
  ["a NUL", "devices:\n  \0lamp: {}\n", "devices.yaml:2:3  here is a NUL character; remove it"],
  [
    "two documents",
    `${lamp}---\n${lamp}`,
    "devices.yaml:3:1  a second document begins here; keep one and remove the line ---",
  ],
  [
    "an alias that is not anchored",
    "devices: *nothing\n",
    "devices.yaml:1:10  an alias (*) has no anchor (&) before it; write the value out",
  ],
];
