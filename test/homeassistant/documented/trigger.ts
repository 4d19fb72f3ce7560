import { z } from "zod";
import { all, template, text, topic } from "./options.ts";

/**
 * A trigger for a device's automations (www.home-assistant.io/integrations/device_trigger.mqtt). It is no entity: its page has no unique
 * id, no name and no availability.
 */
export const trigger = z.strictObject({
  p: z.literal("device_automation"),
  automation_type: z.literal("trigger"),
  topic,
  type: text.min(1),
  subtype: text.min(1),
  ...all("payload", text),
  ...all("value_template", template),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]).optional(),
});

/** The types for which Home Assistant's users see words of their own language; any other is shown as it is. */
export const translatedTypes = [
  "button_short_press",
  "button_short_release",
  "button_long_press",
  "button_long_release",
  "button_double_press",
  "button_triple_press",
  "button_quadruple_press",
  "button_quintuple_press",
];
