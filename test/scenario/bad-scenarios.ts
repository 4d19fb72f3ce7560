/** What is wrong, the step's line, and every line that is said about it; the step begins with "at: 1s, " in column 6. */
export const badSteps: [what: string, line: string, ...problems: string[]][] = [
  [
    "a tag of YAML",
    "command: {lamp: !secret on}",
    "s.yaml:2:30  steps.0.command.lamp: the tag !secret is not known here; write ${NAME} instead, and NAME=… into .env beside this file",
  ],
  [
    "quotes of a word processor",
    "set: {door: “open”}",
    "s.yaml:2:26  steps.0.set.door: here is the character “ (U+201C); write \" or ' instead, or nothing",
  ],
  [
    "a no-break space behind a colon",
    "set:\u00a0{door: open}",
    "s.yaml:2:18  here is a no-break space (U+00A0); type a plain space, or nothing, in its place",
  ],
  [
    "an unknown device",
    "set: {dor: ON}",
    's.yaml:2:20  steps.0.set.dor: there is no device "dor"; did you mean "door"?',
  ],
  [
    "a device that is like none",
    "expect: {garden: ON}",
    's.yaml:2:23  steps.0.expect.garden: there is no device "garden"; there are lamp, door, bell, climate, shade, strip, meter',
  ],
  [
    "an unknown measure",
    "set: {climate: {temprature: 20}}",
    's.yaml:2:30  steps.0.set.climate.temprature: there is no "temprature" for "climate"; did you mean "temperature"?',
  ],
  [
    "an unknown measure to expect",
    "expect: {climate: {presure: 20}}",
    's.yaml:2:33  steps.0.expect.climate.presure: there is no "presure" for "climate"; there are temperature, humidity',
  ],
  [
    "a value that is no number",
    "set: {climate: {humidity: wet}}",
    's.yaml:2:40  steps.0.set.climate.humidity: "wet" is not a number',
  ],
  [
    "a sensor without saying which value",
    "set: {climate: 20}",
    's.yaml:2:29  steps.0.set.climate: "20" is not enough; write which value, such as {temperature: …}',
  ],
  [
    "a word that is no level",
    "set: {door: clsed}",
    's.yaml:2:26  steps.0.set.door: "clsed" is none of ON, OFF, high, low, open, closed; did you mean "closed"?',
  ],
  [
    "an open contact that no resistor holds",
    "set: {bell: open}",
    's.yaml:2:26  steps.0.set.bell: "open" is none of ON, OFF, high, low',
  ],
  [
    "an output that is set",
    "set: {lamp: ON}",
    's.yaml:2:20  steps.0.set.lamp: a relay has nothing to set; send it a "command", or let its pin fail with "fault"',
  ],
  [
    "a fault that there is not",
    "fault: {lamp: EIOO}",
    's.yaml:2:28  steps.0.fault.lamp: "EIOO" is none of EIO, EBUSY, none; did you mean "EIO"?',
  ],
  [
    "a fault that the device cannot have",
    "fault: {lamp: gone, climate: EBUSY}",
    's.yaml:2:28  steps.0.fault.lamp: a relay cannot have "gone"; it can have EIO, EBUSY',
    's.yaml:2:43  steps.0.fault.climate: a dht cannot have "EBUSY"; it can have gone, EIO',
  ],
  [
    "a command to what takes none",
    "command: {door: on}",
    "s.yaml:2:24  steps.0.command.door: a contact takes no commands",
  ],
  [
    "a command that is not understood",
    "command: {lamp: {state: on, on_tim: 5}}",
    's.yaml:2:30  steps.0.command.lamp: "{state: on, on_tim: 5}" is not a command for a relay; there is no "on_tim" in a command; say {"state":"ON"}, with "on_time" in seconds if wanted',
  ],
  [
    "a state that the device never has",
    "expect: {lamp: OON}",
    's.yaml:2:29  steps.0.expect.lamp: "OON" is none of ON, OFF, online, offline; did you mean "ON"?',
  ],
  [
    "a word that is none of a value's, which can be null",
    "expect: {shade: {state: closng}}",
    's.yaml:2:38  steps.0.expect.shade.state: "closng" is none of open, opening, closed, closing; did you mean "closing"?',
  ],
  [
    "a number where a value is a word",
    "expect: {strip: {state: 1}}",
    's.yaml:2:38  steps.0.expect.strip.state: "1" is none of ON, OFF',
  ],
  [
    "limits the wrong way round",
    "expect: {climate: {humidity: [60, 40]}}",
    's.yaml:2:43  steps.0.expect.climate.humidity: "[60, 40]" is not a value; write one, or the lowest and the highest, as [20, 25]',
  ],
  [
    "pulses that are no number",
    "set: {meter: {pulses: many}}",
    's.yaml:2:36  steps.0.set.meter.pulses: "many" is not a number of pulses; write one from 1 to 10000',
  ],
  [
    "half a pulse",
    "set: {meter: {pulses: 0.5, within: 10s}}",
    's.yaml:2:36  steps.0.set.meter.pulses: "0.5" is not a number of pulses; write one from 1 to 10000',
  ],
  [
    "pulses that end somewhere",
    "set: {meter: {pulses: 5, to: ON}}",
    's.yaml:2:39  steps.0.set.meter.to: there is no "to" for pulses; there are pulses, within',
  ],
  [
    "pulses without a unit of time",
    "set: {meter: {pulses: 5, within: 10}}",
    's.yaml:2:47  steps.0.set.meter.within: "10" is not a duration; write a number with its unit, such as 500ms, 30s, 5m or 2h',
  ],
  [
    "too many bounces",
    "set: {door: {to: ON, bounces: 5000}}",
    's.yaml:2:44  steps.0.set.door.bounces: "5000" is not a number of bounces; write one from 0 to 1000',
  ],
  [
    "a time within which nothing is expected",
    "within: 5s",
    's.yaml:2:22  steps.0.within: belongs to "expect", "published", "fired" or "not_fired", which this step has not; remove it',
  ],
  ["a broker that is somewhere else", "broker: away", 's.yaml:2:22  steps.0.broker: "away" is none of online, offline'],
  [
    "a message on no topic",
    "publish: pressed",
    's.yaml:2:23  steps.0.publish: "pressed" names no topic; write which, such as {home/bell: pressed}',
  ],
  [
    "a message on many topics",
    "publish: {home/+/bell: pressed}",
    's.yaml:2:24  steps.0.publish.home/+/bell: "home/+/bell" has a wildcard; write one topic, without + and #',
  ],
  [
    "a rule that does not exist",
    "fired: frost",
    's.yaml:2:21  steps.0.fired: there is no rule "frost"; devices.yaml has no rules',
  ],
  [
    "a verb that is misspelt",
    "expct: {door: ON}",
    's.yaml:2:14  steps.0.expct: there is no "expct" for a step; did you mean "expect"?',
  ],
  [
    "a verb without a device",
    "set: door",
    's.yaml:2:19  steps.0.set: "door" names no device; write which, such as {office-door: …}',
  ],
];

/** What is wrong, the text of the file, and every line that is said about it. */
export const badFiles: [what: string, text: string, ...problems: string[]][] = [
  [
    "an empty file",
    "# nothing\n",
    's.yaml:1:1  the file is empty; begin with "steps:" and one step below it, such as "- at: 5s"',
  ],
  [
    "a list",
    "- at: 5s\n",
    's.yaml:1:1  this is not a scenario; begin with "steps:" and one step below it, such as "- at: 5s"',
  ],
  [
    "no steps",
    "until: 5s\n",
    's.yaml:1:1  steps: there are no steps; begin with "steps:" and one step below it, such as "- at: 5s"',
  ],
  [
    "a step without a time",
    "steps:\n  - set: {door: ON}\n",
    's.yaml:2:5  steps.0: the step has no time; write "at: 5s", for example',
  ],
  [
    "a step that is a word",
    "steps:\n  - wait\n",
    's.yaml:2:5  steps.0: "wait" is not a step; write one such as "at: 5s" with "set: …" below it',
  ],
  [
    "a time without a unit",
    "steps:\n  - at: 5\n",
    's.yaml:2:9  steps.0.at: "5" is not a duration; write a number with its unit, such as 500ms, 30s, 5m or 2h',
  ],
  [
    "a time beyond any patience",
    "steps:\n  - at: 4000d\n",
    's.yaml:2:9  steps.0.at: "4000d" is too long; write at most 3650d',
  ],
  [
    "time that goes backward",
    "steps:\n  - at: 90s\n  - at: 1m\n  - at: 2m\n",
    's.yaml:3:9  steps.1.at: "1m" is before the step above it, which is at 90s; put the steps in the order of their time',
  ],
  [
    "an end before the last expectation",
    "steps:\n  - {at: 5s, expect: {door: ON}, within: 10s}\nuntil: 10s\n",
    's.yaml:3:8  until: "10s" is before the end of the steps; write at least 15s',
  ],
  [
    "a section that is misspelt",
    "step:\n  - at: 5s\nsteps: []\n",
    's.yaml:1:1  step: there is no "step" for a scenario; did you mean "steps"?',
  ],
];
