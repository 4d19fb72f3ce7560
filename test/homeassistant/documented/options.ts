import { z } from "zod";

/** The options that a platform has, each with what it may be. */
export type Options = Record<string, z.ZodType>;

export const text = z.string();
/** Subscribed to or published on, so that a wildcard or an empty topic is a mistake. */
export const topic = z.string().regex(/^[^+#]+$/);
/** A template of Jinja that has at least one expression or statement, else it would say the same for ever. */
export const template = z.string().regex(/\{[{%].*[}%]\}/s);
export const flag = z.boolean();
export const whole = z.int();
/** Names to choose from, of which there must be one at least. */
export const list = z.array(z.string()).min(1);
/** A name among the Material Design Icons. */
const icon = z.string().regex(/^mdi:[a-z0-9-]+$/);

/** Options of one form, named with spaces between them, none of which must be there. */
export const all = (names: string, schema: z.ZodType): Options =>
  Object.fromEntries(names.split(" ").map((name) => [name, schema.optional()]));

/** What every platform has. */
export const common = {
  p: text,
  unique_id: text,
  name: text.nullable().optional(),
  default_entity_id: z
    .string()
    .regex(/^[a-z_]+\.[a-z0-9]+(_[a-z0-9]+)*$/)
    .optional(),
  availability: z
    .array(
      z.strictObject({
        topic,
        ...all("payload_available payload_not_available", text),
        ...all("value_template", template),
      }),
    )
    .optional(),
  availability_mode: z.enum(["all", "any", "latest"]).optional(),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]).optional(),
  icon: icon.optional(),
  json_attributes_topic: topic.optional(),
  json_attributes_template: template.optional(),
  // The second is new in 2026; a Home Assistant that does not know it leaves it out.
  ...all("enabled_by_default visible_by_default", flag),
  ...all("encoding entity_picture", text),
};

/** For what can be commanded, and for events. */
export const anyCategory = { entity_category: z.enum(["config", "diagnostic"]).optional() };
/** "When set, the entity category must be `diagnostic` for sensors." */
export const sensorCategory = { entity_category: z.literal("diagnostic").optional() };
/** For what takes commands on one topic. */
export const command = {
  command_topic: topic,
  ...all("retain optimistic", flag),
  ...all("command_template", template),
};
/** For what tells its state and would be nothing without. */
export const state = { state_topic: topic, ...all("value_template", template) };
/** For what may tell its state, or else is assumed to be as it was commanded. */
export const optionalState = { ...all("state_topic", topic), ...all("value_template", template) };
