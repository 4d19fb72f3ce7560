import { type BadFile, lamp } from "./bad-file.ts";

/** Files in which another section than devices is wrong. */
export const badSections: readonly BadFile[] = [
  [
    "a section as a list",
    `gpio:\n  - backend: auto\n${lamp}`,
    'devices.yaml:2:3  gpio: "- backend: auto" is a list; take the dashes or the brackets away',
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
    "a word where true, false or legacy belongs",
    `home_assistant: {discovery: no}\n${lamp}`,
    'devices.yaml:1:29  home_assistant.discovery: "no" is not true, false or legacy; since YAML 1.2 that is a text: write false',
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
];
