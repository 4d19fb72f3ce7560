import { type BadFile, device, lamp } from "./bad-file.ts";

/** Files in which a topic is wrong, or two are in the way of each other. */
export const badTopics: readonly BadFile[] = [
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
  ).map(
    ([topic, prefix, settings]): BadFile => [
      `the topic ${topic} below the discovery prefix`,
      `home_assistant: {status_topic: birth${settings}}\n${device(`kind: relay, topic: ${topic}, pin: 17`)}`,
      `devices.yaml:3:28  devices.it.topic: "${topic}" begins with "${prefix}", Home Assistant's discovery prefix, which is for announcements alone; choose another beginning`,
    ],
  ),
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
    "a topic used twice",
    `${lamp}  fan: {kind: relay, topic: home/lamp, pin: 18}\n`,
    'devices.yaml:3:29  devices.fan.topic: "home/lamp" is already the topic of "lamp"; choose another',
  ],
  ...["set", "state", "availability"].map(
    (word): BadFile => [
      `a topic that is another device's ${word} topic`,
      `${lamp}  pi: {kind: cpu_temperature, topic: home/lamp/${word}}\n`,
      `devices.yaml:3:38  devices.pi.topic: "home/lamp/${word}" would be used by "lamp" too; choose a topic that is not below another device's`,
    ],
  ),
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
  ).map(
    ([topic, sentence]): BadFile => [
      `the topic ${topic}`,
      device(`kind: cpu_temperature, topic: "${topic}"`),
      `devices.yaml:2:38  devices.it.topic: "${topic}" ${sentence}`,
    ],
  ),
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
];
