import { describe, expect, it } from "vitest";
import { componentsOf, messagesOf } from "./houses.ts";
import { agentTopic, lamp, own } from "./lamp.ts";

describe("a device's own options for Home Assistant", () => {
  it("are handed on as they are, over ours", () => {
    const yaml = lamp(", home_assistant: {icon: mdi:pump, device_class: outlet, some_day: [1, {a: b}], name: null}");
    expect(own(yaml)).toMatchObject({
      icon: "mdi:pump",
      device_class: "outlet",
      some_day: [1, { a: "b" }],
      name: null,
    });
  });

  it("can choose the platform and the first entity id", () => {
    const yaml = lamp(", home_assistant: {platform: fan, default_entity_id: fan.bathroom}");
    expect(own(yaml)).toMatchObject({ p: "fan", default_entity_id: "fan.bathroom" });
    expect(own(yaml)).not.toHaveProperty("platform");
  });

  it.each([
    ["", ""],
    ["before 2024.11", "home_assistant: {discovery: legacy}\n"],
  ])("can leave the entity id to Home Assistant %s", (_when, section) => {
    expect(JSON.stringify(messagesOf(section + lamp()))).toContain('"default_entity_id":"switch.lamp"');
    const text = JSON.stringify(messagesOf(section + lamp(", home_assistant: {default_entity_id: false}")));
    expect(text).toContain("office-pi__lamp__relay");
    for (const word of ["switch.lamp", '"object_id":"lamp"', "false.lamp", '"default_entity_id":false'])
      expect(text).not.toContain(word);
  });

  it("are for one entity below its key", () => {
    const yaml =
      "devices:\n  c: {kind: dht, topic: c, pin: 4, home_assistant: {icon: mdi:home, humidity: {icon: mdi:water, enabled_by_default: false}}}\n";
    const { c__temperature__sensor: temperature, c__humidity__sensor: humidity } = componentsOf(yaml);
    expect(temperature).toMatchObject({ icon: "mdi:home" });
    expect(temperature).not.toHaveProperty("enabled_by_default");
    expect(humidity).toMatchObject({ icon: "mdi:water", enabled_by_default: false });
    expect(humidity).not.toHaveProperty("humidity");
  });

  it("hide one entity below its key", () => {
    const air = (options: string) => `devices:\n  c: {kind: dht, topic: c, pin: 4, home_assistant: {${options}}}\n`;
    expect(Object.keys(componentsOf(air("humidity: {discovery: false}")))).toEqual(["c__temperature__sensor"]);
    const shown = componentsOf(air("humidity: {discovery: true}"));
    expect(Object.keys(shown)).toContain("c__humidity__sensor");
    expect(shown["c__humidity__sensor"]).not.toHaveProperty("discovery");
  });

  it("hide a device with an area where they hide its only entity: Home Assistant takes no device without entities", () => {
    const yaml = lamp(", area: Hall, home_assistant: {relay: {discovery: false}}");
    expect(Object.keys(messagesOf(yaml))).toEqual([agentTopic]);
    expect(JSON.stringify(messagesOf(yaml))).not.toContain("lamp");
  });
});
