import { type BadFile, device } from "./bad-file.ts";

/** Files in which the filters of a sensor are wrong. */
export const badFilters: readonly BadFile[] = [
  [
    "an option of a filter that is not indented enough",
    "devices:\n  it:\n    kind: ds18b20\n    topic: a\n    filters:\n      - median:\n        window_size: 5\n",
    'devices.yaml:6:9  devices.it.filters.0.median: has no value; write "median: {window_size: 5}", for example',
    'devices.yaml:7:9  devices.it.filters.0.window_size: "window_size" belongs to median; write it further to the right than that',
  ],
  [
    "an option of a filter that is called otherwise",
    device("kind: ds18b20, topic: a, filters: [{median: {window: 5}}]"),
    'devices.yaml:2:53  devices.it.filters.0.median.window: there is no option "window" for median; did you mean "window_size"?',
  ],
  [
    "an option of a filter that is misspelt, below a measure",
    device("kind: bme280, topic: a, filters: {temperature: [{median: {windowsize: 5}}]}"),
    'devices.yaml:2:66  devices.it.filters.temperature.0.median.windowsize: there is no option "windowsize" for median; did you mean "window_size"?',
  ],
  [
    "filters of a sensor with several measures, for none of them",
    device("kind: bme280, topic: a, filters: [{offset: 1}]"),
    'devices.yaml:2:41  devices.it.filters: "[{offset: 1}]" does not say for which measure; write it below the name of one, as in temperature: [{offset: -0.5}]; there are temperature, humidity, pressure',
  ],
  [
    "filters of a device with several measures of its own, for none of them",
    device("kind: file, topic: a, path: /run/x, measures: {a: {}, b: {}}, filters: [{offset: 1}]"),
    "devices.yaml:2:79  devices.it.filters: does not say for which measure; write it below the name of one, as in a: …; there are a, b",
  ],
  [
    "filters below a measure that a sensor with one has not",
    device("kind: ds18b20, topic: a, filters: {temp: [{offset: 1}]}"),
    'devices.yaml:2:43  devices.it.filters.temp: "temp" is no measure of this kind; did you mean "temperature"?',
  ],
  [
    "filters below a measure that a device with one of its own has not",
    device("kind: file, topic: a, path: /run/x, filters: {temperature: [{offset: 1}]}"),
    'devices.yaml:2:54  devices.it.filters.temperature: "temperature" is no measure of this device; there is only value',
  ],
  [
    "filters without a list",
    device("kind: ds18b20, topic: a, filters: {offset: 1}"),
    'devices.yaml:2:43  devices.it.filters.offset: "offset" is a filter; write each after a dash, as in - offset: -0.5',
  ],
  [
    "filters without a list, for a device's own measure",
    device("kind: file, topic: a, path: /run/x, filters: {offset: 1}"),
    'devices.yaml:2:62  devices.it.filters.offset: "1" is not a list; write each filter on a line of its own after a dash, as in - offset: -0.5',
  ],
  [
    "filters of a measure without a list",
    device("kind: bme280, topic: a, filters: {temperature: {offset: 1}}"),
    'devices.yaml:2:55  devices.it.filters.temperature: "{offset: 1}" is not a list; write each filter on a line of its own after a dash, as in - offset: -0.5',
  ],
  [
    "a filter without a colon",
    device("kind: ds18b20, topic: a, filters: [offset -0.4]"),
    'devices.yaml:2:43  devices.it.filters.0: "offset -0.4" has no colon after its name; write "- offset: " and its value, as in - offset: -0.5',
  ],
  [
    "a filter without a space after its colon",
    device("kind: ds18b20, topic: a, filters: [offset:-0.4]"),
    'devices.yaml:2:43  devices.it.filters.0: "offset:-0.4" has no space after its colon; write "- offset: " and its value, as in - offset: -0.5',
  ],
  [
    "the name of a filter alone",
    device("kind: ds18b20, topic: a, filters: [median]"),
    'devices.yaml:2:43  devices.it.filters.0: "median" has no colon after its name; write "- median: " and its value, as in - median: {window_size: 5}',
  ],
  [
    "a word that is no filter",
    device("kind: ds18b20, topic: a, filters: [smooth]"),
    'devices.yaml:2:43  devices.it.filters.0: "smooth" is not a filter; write each filter on a line of its own after a dash, as in - offset: -0.5',
  ],
  [
    "a number where a filter belongs",
    device("kind: ds18b20, topic: a, filters: [5]"),
    'devices.yaml:2:43  devices.it.filters.0: "5" is not a filter; write its name, a colon and a value',
  ],
  [
    "no filter after a dash",
    device("kind: ds18b20, topic: a, filters: [~]"),
    "devices.yaml:2:43  devices.it.filters.0: has no value; write one or remove its dash",
  ],
  [
    "a filter with a number in place of its options",
    device("kind: ds18b20, topic: a, filters: [{median: 5}]"),
    'devices.yaml:2:52  devices.it.filters.0.median: "5" is not a group of settings; write "median: {window_size: 5}", for example',
  ],
  [
    "a filter with a list in place of its options",
    device("kind: ds18b20, topic: a, filters: [{clamp: [0, 100]}]"),
    'devices.yaml:2:51  devices.it.filters.0.clamp: "[0, 100]" is a list; write "clamp: {min_value: 0, max_value: 100}", for example',
  ],
  [
    "limits with other names",
    device("kind: ds18b20, topic: a, filters: [{clamp: {min: 0, max: 100}}]"),
    'devices.yaml:2:52  devices.it.filters.0.clamp.min: there is no option "min" for clamp; did you mean "min_value"?',
    'devices.yaml:2:60  devices.it.filters.0.clamp.max: there is no option "max" for clamp; did you mean "max_value"?',
  ],
  [
    "a filter without what it needs",
    device("kind: ds18b20, topic: a, filters: [{heartbeat: {optimistic: true}}, {timeout: {value: last}}]"),
    'devices.yaml:2:44  devices.it.filters.0.heartbeat.period: is missing; write "period: 1m", for example',
    'devices.yaml:2:77  devices.it.filters.1.timeout.timeout: is missing; write "timeout: 5m", for example',
  ],
  [
    "points as a group",
    device("kind: ds18b20, topic: a, filters: [{calibrate_linear: {0: 1}}]"),
    'devices.yaml:2:44  devices.it.filters.0.calibrate_linear.datapoints: is missing; write "datapoints: [0.0 -> 0.2, 100.0 -> 98.5]", for example',
    'devices.yaml:2:63  devices.it.filters.0.calibrate_linear.0: there is no option "0" for calibrate_linear; there are datapoints, method',
  ],
  [
    "a number in quotes",
    device('kind: ds18b20, topic: a, filters: [{offset: "-0.4"}]'),
    'devices.yaml:2:52  devices.it.filters.0.offset: "-0.4" is not a number; write -0.4 without quotes',
  ],
  [
    "a number with a comma",
    device('kind: ds18b20, topic: a, filters: [{offset: "-0,4"}]'),
    'devices.yaml:2:52  devices.it.filters.0.offset: "-0,4" is not a number; write it with a point: -0.4',
  ],
  [
    "a number with a unit",
    device("kind: ds18b20, topic: a, filters: [{offset: -0.4 °C}]"),
    'devices.yaml:2:52  devices.it.filters.0.offset: "-0.4 °C" is not a number; write it without a unit: -0.4',
  ],
  [
    "a share where a number belongs",
    device("kind: ds18b20, topic: a, filters: [{multiply: 10%}]"),
    'devices.yaml:2:54  devices.it.filters.0.multiply: "10%" is not a number; write a number without %',
  ],
  [
    "a time without its unit",
    device("kind: ds18b20, topic: a, filters: [{throttle: 60}]"),
    'devices.yaml:2:54  devices.it.filters.0.throttle: "60" is not a duration; write its unit too, such as 60s for seconds',
  ],
  [
    "the part of a filter's name",
    device("kind: ds18b20, topic: a, filters: [{moving_average: 5}]"),
    'devices.yaml:2:44  devices.it.filters.0.moving_average: "moving_average" is no filter; did you mean "exponential_moving_average" or "sliding_window_moving_average"?',
  ],
  [
    "a filter as an option",
    device("kind: bme280, topic: a, offset: -0.4"),
    'devices.yaml:2:32  devices.it.offset: there is no option "offset" for the kind bme280; that is a filter: write "filters: {temperature: [{offset: -0.5}]}", for example',
  ],
  [
    "a filter as an option of a sensor with one measure",
    device("kind: ds18b20, topic: a, median: 5"),
    'devices.yaml:2:33  devices.it.median: there is no option "median" for the kind ds18b20; that is a filter: write "filters: [{median: {window_size: 5}}]", for example',
  ],
  [
    "what other programs call a filter, as an option",
    device("kind: ds18b20, topic: a, accuracy_decimals: 1, scale: 2"),
    'devices.yaml:2:33  devices.it.accuracy_decimals: there is no option "accuracy_decimals" for the kind ds18b20; that is a filter: write "filters: [{round: 1}]", for example',
    'devices.yaml:2:55  devices.it.scale: there is no option "scale" for the kind ds18b20; that is a filter: write "filters: [{multiply: 0.1}]", for example',
  ],
];
