import { type BadFile, device } from "./bad-file.ts";

/** Files in which the value of an option is wrong. */
export const badValues: readonly BadFile[] = [
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
  ).map(
    ([word, advice]): BadFile => [
      `${word} where true or false belongs`,
      device(`kind: relay, topic: a, pin: 17, active_low: ${word}`),
      `devices.yaml:2:52  devices.it.active_low: "${word.replaceAll("'", "")}" is not true or false${advice}`,
    ],
  ),
  [
    "a word that is none of the choice",
    device("kind: relay, topic: a, pin: 17, initial: ON"),
    'devices.yaml:2:49  devices.it.initial: "ON" is none of off, on, keep, last; did you mean "on"?',
  ],
  [
    "a duration without a unit",
    device("kind: cpu_temperature, topic: a, every: 30"),
    'devices.yaml:2:48  devices.it.every: "30" is not a duration; write its unit too, such as 30s for seconds',
  ],
  ...["0s", "-5s", "1ms", "40d"].map(
    (every): BadFile => [
      `a duration of ${every}`,
      device(`kind: cpu_temperature, topic: a, every: ${every}`),
      every === "-5s"
        ? 'devices.yaml:2:48  devices.it.every: "-5s" is not a duration; write a number with its unit, such as 500ms, 30s, 5m or 2h'
        : `devices.yaml:2:48  devices.it.every: "${every}" is out of range; write a duration from 1s to 1d`,
    ],
  ),
];
