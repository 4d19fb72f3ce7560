import { describe, expect, it } from "vitest";
import { lamp } from "./bad-files/bad-file.ts";
import { check } from "./home-assistant-files.ts";

const section = (settings: string) => `home_assistant: {${settings}}\n${lamp}`;

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
