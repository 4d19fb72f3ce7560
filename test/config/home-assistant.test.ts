import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/load.ts";
import { editorSchema } from "../../src/config/reference.ts";
import { kinds } from "../../src/devices/index.ts";
import { simulated } from "../../src/gpio/simulated.ts";
import { device, lamp } from "./bad-files.ts";

function check(yaml: string) {
  const known = { kinds, backends: [simulated], environment: {}, hostname: "office-pi" };
  return checkConfig("devices.yaml", new TextEncoder().encode(yaml), known);
}

const section = (settings: string) => `home_assistant: {${settings}}\n${lamp}`;
const relay = (settings: string) => device(`kind: relay, topic: a, pin: 17, ${settings}`);

describe("the section home_assistant", () => {
  it("is as Home Assistant comes, unless written", () => {
    expect(check(lamp).config?.home_assistant).toEqual({
      discovery: true,
      prefix: "homeassistant",
      status_topic: "homeassistant/status",
    });
  });

  it("takes what it offers", () => {
    const settings = { discovery: "legacy", prefix: "ha", status_topic: "ha/birth", name: "Büro-Pi", area: "Büro" };
    expect(check(`home_assistant: ${JSON.stringify(settings)}\n${lamp}`).config?.home_assistant).toEqual(settings);
    expect(check(section("discovery: false")).config?.home_assistant.discovery).toBe(false);
  });

  it.each([
    [
      'prefix: "homeassistant/#"',
      'devices.yaml:1:26  home_assistant.prefix: "homeassistant/#" has a wildcard; write it as Home Assistant has it, such as homeassistant',
    ],
    [
      "prefix: ha/+",
      'devices.yaml:1:26  home_assistant.prefix: "ha/+" has a wildcard; write it as Home Assistant has it, such as homeassistant',
    ],
    [
      "prefix: /ha",
      'devices.yaml:1:26  home_assistant.prefix: "/ha" has an empty level; remove the leading, trailing or double /',
    ],
    [
      "status_topic: ha/#",
      'devices.yaml:1:32  home_assistant.status_topic: "ha/#" has a wildcard; write it as Home Assistant has it, such as homeassistant/status',
    ],
    ["discovery: yes please", 'devices.yaml:1:29  home_assistant.discovery: "yes please" is not true, false or legacy'],
    [
      "discover: true",
      'devices.yaml:1:18  home_assistant.discover: there is no option "discover" for the section home_assistant; did you mean "discovery"?',
    ],
  ])("refuses {%s} with a sentence", (settings, sentence) => {
    expect(check(section(settings)).problems).toEqual([sentence]);
  });

  it("refuses an agent's id that no discovery topic can have", () => {
    expect(check(`agent: {id: büro/pi}\n${lamp}`).problems).toEqual([
      'devices.yaml:1:13  agent.id: "büro/pi" is not an id; write it with letters, digits, - and _, at most 64 of them',
    ]);
  });
});

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
      'devices.yaml:2:49  devices.it.show_as: "lmap" is none of switch, outlet, light, fan, siren, valve, lock',
    ],
  ])("are refused where wrong: %s", (settings, sentence) => {
    const { problems } = check(relay(settings));
    expect(problems).toEqual([typeof sentence === "string" ? sentence : expect.stringMatching(sentence)]);
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
