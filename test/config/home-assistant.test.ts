import { describe, expect, it } from "vitest";
import { editorSchema } from "../../src/config/reference.ts";
import { kinds } from "../fakes/kinds.ts";
import { device } from "./bad-files/bad-file.ts";
import { check } from "./home-assistant-files.ts";

const relay = (settings: string) => device(`kind: relay, topic: a, pin: 17, ${settings}`);

describe("a device's name, area and options for Home Assistant", () => {
  it("are handed on beside the kind's own options", () => {
    const yaml = relay("name: Lampe, area: Büro, home_assistant: {icon: mdi:lamp, relay: {some_day: 1}}");
    const [it] = check(yaml).config?.devices ?? [];
    expect(it).toMatchObject({
      name: "Lampe",
      area: "Büro",
      homeAssistant: { icon: "mdi:lamp", relay: { some_day: 1 } },
    });
    expect(Object.keys(it?.options ?? {})).not.toContain("home_assistant");
  });

  it.each([
    ['name: ""', "devices.yaml:2:40  devices.it.name: has no value; write one or remove the line"],
    ["area: 5", 'devices.yaml:2:46  devices.it.area: "5" is not text; put it in quotes'],
    [
      "home_assistant: no",
      'devices.yaml:2:56  devices.it.home_assistant: "no" is not a group of settings; write them on lines of their own below it, indented',
    ],
    [
      "home_assistant: {platform: swich}",
      /^devices.yaml:2:67 {2}devices.it.home_assistant.platform: "swich" is none of .*; did you mean "switch"\?$/,
    ],
    [
      "home_assistant: {default_entity_id: Office Lamp}",
      'devices.yaml:2:76  devices.it.home_assistant.default_entity_id: "Office Lamp" is not an entity id; write it with lower-case letters, digits and single _, such as switch.office_lamp',
    ],
    [
      "home_assistant: {rely: {icon: a}}",
      'devices.yaml:2:57  devices.it.home_assistant.rely: there is no entity "rely" for the kind relay; did you mean "relay"?',
    ],
    [
      "home_assistant: {relay: {platform: swich}}",
      /^devices.yaml:2:75 {2}devices.it.home_assistant.relay.platform: "swich" is none of .*; did you mean "switch"\?$/,
    ],
    [
      "home_assistant: {relay: {discovery: nope}}",
      'devices.yaml:2:76  devices.it.home_assistant.relay.discovery: "nope" is not true or false',
    ],
    [
      "show_as: lmap",
      'devices.yaml:2:49  devices.it.show_as: "lmap" is none of switch, outlet, light, fan, siren, valve, lock, button',
    ],
  ])("are refused where wrong: %s", (settings, sentence) => {
    const { problems } = check(relay(settings));
    expect(problems).toEqual([typeof sentence === "string" ? sentence : expect.stringMatching(sentence)]);
  });

  it.each([
    ["retain: true", `"true" makes Home Assistant's commands ones to be kept, which are refused; remove the line`],
    ["ret: true", `"true" makes Home Assistant's commands ones to be kept, which are refused; remove the line`],
    [
      "unique_id: lamp",
      `"lamp" is the agent's, made of its id, the device's and the entity's, and never changes; remove the line`,
    ],
    ["p: light", '"light" is written platform; write that'],
    [
      "command_topic: b/set",
      `"b/set" is the agent's: commands are heard on a and a/set; remove the line, or change the device's topic`,
    ],
    [
      "state_topic: b",
      `"b" is the agent's: the state is said on a/state; remove the line, or change the device's topic`,
    ],
    ["availability_topic: b", `"b" is the agent's, which says on topics of its own what is there; remove the line`],
    ["avty_mode: any", `"any" is the agent's, which says on topics of its own what is there; remove the line`],
    ["availability: [{topic: b}]", /^"\[\{topic: b\}\]" is the agent's, which says on topics of its own/],
    ["encoding: latin1", `"latin1" is the agent's, which writes UTF-8; remove the line`],
    ["schema: json", `"json" is the agent's, which says how it writes states and reads commands; remove the line`],
    [
      "value_template: '{{ value_json.state }}'",
      `"{{ value_json.state }}" is the agent's, whose state is ON or OFF and nothing else; remove the line`,
    ],
    ["payload_on: start", '"start" is no command to the kind relay; write one, such as ON, or remove the line'],
    [
      "payload_on: true",
      '"true" is what Home Assistant waits for as the state too, which is ON or OFF; write state_on: ON beside it',
    ],
    ["state_off: aus", '"aus" is never said; the state is ON or OFF'],
  ])("are refused where they are the agent's: %s", (option, sentence) => {
    for (const [settings, path] of [
      [option, ""],
      [`relay: {${option}}`, ".relay"],
    ]) {
      const { problems } = check(relay(`home_assistant: {${settings}}`));
      expect(problems).toHaveLength(1);
      const key = option.split(":")[0];
      const [, said] = problems[0]?.split(`devices.it.home_assistant${path}.${key}: `) ?? [];
      if (typeof sentence === "string") expect(said).toBe(sentence);
      else expect(said).toMatch(sentence);
      expect(problems[0]).toMatch(/^devices\.yaml:2:\d+ /);
    }
  });

  it.each([
    "retain: false",
    "command_topic: a/set",
    "command_topic: a",
    "state_topic: a/state",
    "encoding: utf-8",
    "qos: 0",
    "optimistic: false",
    "icon: mdi:pump",
    "json_attributes_topic: somewhere",
    "object_id: pump",
    "default_entity_id: false",
    "payload_on: 'ON'",
    'payload_on: \'{"state":"ON","on_time":300}\', state_on: ON',
    'command_template: \'{"state":"{{ value }}"}\'',
    "platform: valve, payload_open: on, payload_close: off, state_open: ON, state_closed: OFF",
  ])("may be what does no harm: %s", (option) => {
    expect(check(relay(`home_assistant: {${option}}`))).toMatchObject({ problems: [], warnings: [] });
  });

  it("may change how a sensor is shown, which takes no commands", () => {
    const sensor = (options: string) => check(device(`kind: dht, topic: a, pin: 4, home_assistant: {${options}}`));
    for (const options of ["temperature: {value_template: '{{ 1 }}'}", "retain: true", "expire_after: 600"])
      expect(sensor(options)).toMatchObject({ problems: [], warnings: [] });
    const contact = "kind: contact, topic: a, pin: 5, home_assistant: {payload_on: OFF, payload_off: ON}";
    expect(check(device(contact))).toMatchObject({ problems: [], warnings: [] });
  });

  it("may change how an event is shown, and neither its topic nor what can happen", () => {
    const said = (options: string) =>
      check(device(`kind: button, topic: a, pin: 5, home_assistant: {action: {${options}}}`)).problems.map(
        (problem) => problem.split("action.")[1],
      );
    expect(said("device_class: doorbell, state_topic: a/action")).toEqual([]);
    expect(said("state_topic: a")).toEqual([
      `state_topic: "a" is the agent's: the state is said on a/action; remove the line, or change the device's topic`,
    ]);
    expect(said("platform: sensor")).toEqual([
      'platform: "sensor" cannot be: what happens in an instant is shown as an event; remove the line, or write it below the key of another entity',
    ]);
    expect(said("event_types: [press]")).toEqual([
      `event_types: "[press]" is the agent's, which says what can happen; remove the line`,
    ]);
  });

  it("may say of a light what it is", () => {
    const light = (options: string) => check(device(`kind: light, topic: a, pin: 18, home_assistant: {${options}}`));
    expect(light("schema: json, brightness_scale: 255, transition: true").problems).toEqual([]);
    expect(light("brightness_scale: 100").problems).toHaveLength(1);
    expect(light("color_temp_kelvin: true").problems).toHaveLength(1);
  });

  it.each([
    [
      "kind: dht, topic: a, pin: 4, home_assistant: {temperature: {unit_of_measurement: F}}",
      'devices.yaml:2:89  devices.it.home_assistant.temperature.unit_of_measurement: Home Assistant\'s device class temperature has no unit "F"; it has °C, °F, K',
    ],
    [
      "kind: dht, topic: a, pin: 4, home_assistant: {humidity: {device_class: temperature}}",
      'devices.yaml:2:79  devices.it.home_assistant.humidity.device_class: Home Assistant\'s device class temperature has no unit "%"; it has °C, °F, K',
    ],
    [
      "kind: dht, topic: a, pin: 4, home_assistant: {temperature: {unit_of_measurement: °F}}",
      'devices.yaml:2:89  devices.it.home_assistant.temperature.unit_of_measurement: "°F" changes no value, which the agent says in °C; choose the unit in Home Assistant, which converts',
    ],
    [
      "kind: virtual, topic: a, type: number, unit: C, device_class: temperature",
      'devices.yaml:2:53  devices.it.unit: Home Assistant\'s device class temperature has no unit "C"; it has °C, °F, K',
    ],
    [
      "kind: virtual, topic: a, type: number, device_class: temperature",
      "devices.yaml:2:61  devices.it.device_class: Home Assistant's device class temperature needs a unit; it has °C, °F, K",
    ],
    [
      "kind: dht, topic: a, pin: 4, home_assistant: {humidity: {state_class: total}}",
      'devices.yaml:2:78  devices.it.home_assistant.humidity.state_class: Home Assistant\'s device class humidity has no state class "total"; it has measurement',
    ],
    [
      "kind: counter, topic: a, pin: 5, home_assistant: {total: {device_class: power, unit_of_measurement: W}}",
      'devices.yaml:2:80  devices.it.home_assistant.total.device_class: Home Assistant\'s device class power has no state class "total_increasing"; it has measurement',
    ],
    [
      "kind: file, topic: a, path: /a, measures: {p: {unit: W, device_class: power, state_class: total_increasing}}",
      'devices.yaml:2:98  devices.it.measures.p.state_class: Home Assistant\'s device class power has no state class "total_increasing"; it has measurement',
    ],
    [
      "kind: ads1115, topic: a, channels: {tank: {input: 0, table: [[0, 0], [190, 80]], resistor: 1k, device_class: volume, unit: L}}",
      'devices.yaml:2:117  devices.it.channels.tank.device_class: Home Assistant\'s device class volume has no state class "measurement"; it has total, total_increasing',
    ],
    [
      "kind: dht, topic: a, pin: 4, every: 1m, home_assistant: {expire_after: 60}",
      'devices.yaml:2:79  devices.it.home_assistant.expire_after: "60" makes it unavailable again and again: its state is said every 60 s',
    ],
    [
      "kind: contact, topic: a, pin: 5, home_assistant: {contact: {expire_after: 600}}",
      'devices.yaml:2:82  devices.it.home_assistant.contact.expire_after: "600" makes it unavailable again and again: its state is said on a change only',
    ],
  ])("are warned of where Home Assistant takes them and they do not fit: %s", (settings, sentence) => {
    const { problems, warnings } = check(device(settings));
    expect(problems).toEqual([]);
    expect(warnings).toEqual([sentence]);
  });

  it.each([
    "kind: dht, topic: a, pin: 4, home_assistant: {temperature: {unit_of_measurement: °C}}",
    "kind: dht, topic: a, pin: 4, home_assistant: {temperature: {unit_of_measurement: °F, value_template: '{{ 1 }}'}}",
    "kind: dht, topic: a, pin: 4, home_assistant: {temperature: {device_class: some_day, unit_of_measurement: F, value_template: '{{ 1 }}'}}",
    "kind: dht, topic: a, pin: 4, home_assistant: {temperature: {device_class: pm25, unit_of_measurement: μg/m³, value_template: '{{ 1 }}'}}",
    "kind: ds18b20, topic: a",
    "kind: virtual, topic: a, type: number, unit: °C, device_class: temperature",
    "kind: virtual, topic: a, type: number, unit: €, device_class: monetary",
    "kind: servo, topic: a, pin: 18",
    "kind: file, topic: a, path: /a, measures: {w: {device_class: wind_direction}, d: {unit: mm, device_class: precipitation, state_class: total}}",
    "kind: dht, topic: a, pin: 4, home_assistant: {humidity: {device_class: some_day, state_class: total}}",
  ])("are not warned of where they fit, or nobody knows: %s", (settings) => {
    expect(check(device(settings))).toMatchObject({ problems: [], warnings: [] });
  });

  it.each(kinds)(
    "are offered by editors for the kind $kind, which has no options of these names",
    ({ kind, options }) => {
      const schema = JSON.parse(editorSchema(kinds, []));
      const union = schema.properties.devices.additionalProperties;
      const offered = (union.oneOf ?? union.anyOf).find(
        (one: { properties: { kind: { const: string } } }) => one.properties.kind.const === kind,
      );
      expect(Object.keys(offered.properties)).toEqual(expect.arrayContaining(["name", "area", "home_assistant"]));
      for (const common of ["kind", "topic", "name", "area", "home_assistant"])
        expect(Object.keys(options)).not.toContain(common);
    },
  );
});
