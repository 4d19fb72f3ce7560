import { type DeviceSettings, topicsOf } from "../core/device-settings.ts";
import { toldEvents } from "../core/events.ts";
import type { Component } from "./component.ts";
import { joined } from "./names.ts";

/**
 * What Home Assistant calls the types of a button's events, in the words that it translates for its users
 * (www.home-assistant.io/integrations/device_trigger.mqtt). A type of anything else is shown as it is written.
 */
const buttonTypes: Readonly<Record<string, string>> = {
  single: "button_short_press",
  double: "button_double_press",
  triple: "button_triple_press",
  long: "button_long_press",
  long_release: "button_long_release",
};

/**
 * The triggers that a device has in Home Assistant, by the ids of their components: one for each type of those events that are shown.
 * Automations know a trigger by its component's id, its type and its subtype, which must therefore never change. Triggers are no
 * entities: they have no unique id, no name and no availability.
 */
export function triggers(device: DeviceSettings, isShown: (event: string) => boolean): [string, Component][] {
  const { id, kind, options } = device;
  const topics = topicsOf(device).events;
  return Object.entries(toldEvents(kind, options)).flatMap(([event, types], index) => {
    if (!isShown(event)) return [];
    const words = kind.eventClasses?.[event] === "button" ? buttonTypes : {};
    return types.map((type): [string, Component] => [
      joined(id, `${event}_${type}`, "device_automation"),
      {
        p: "device_automation",
        automation_type: "trigger",
        type: words[type] ?? type,
        // One device of Home Assistant may have many of ours, and tells their triggers apart by type and subtype.
        subtype: index === 0 ? id : `${id} ${event}`,
        topic: topics[event],
        value_template: "{{ value_json.event_type }}",
        payload: type,
        qos: 1,
      },
    ]);
  });
}
