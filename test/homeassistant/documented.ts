import { z } from "zod";
import { lights } from "./documented/lights.ts";
import { all, common, type Options, text } from "./documented/options.ts";
import { platforms } from "./documented/platforms.ts";
import { faultsTogether } from "./documented/together.ts";
import { trigger } from "./documented/trigger.ts";

/**
 * What Home Assistant's documentation says a discovery message may have (www.home-assistant.io/integrations/mqtt and the page
 * of each platform, such as /integrations/switch.mqtt). Options that are not documented fail.
 */

/** The rules that are for several options at once. */
function together(component: Record<string, unknown>, context: z.RefinementCtx): void {
  for (const message of faultsTogether(component)) context.addIssue({ code: "custom", message });
}

const oneOf = (p: string, options: Options) =>
  z.strictObject({ ...common, ...options, p: z.literal(p) }).superRefine(together);

/** What a component can be. */
const platform = z.enum([...Object.keys(platforms), "light", "device_automation"]);

/** Each by the schema of its platform, so that what is wrong is said in that schema's words. */
const component = z.looseObject({ p: platform }).superRefine((value, context) => {
  const { p, schema } = value;
  const options =
    p === "light" ? lights[schema === "json" ? "json" : "default"] : platforms[p as keyof typeof platforms];
  const known = p === "device_automation" ? trigger : oneOf(p, options);
  for (const issue of known.safeParse(value).error?.issues ?? [])
    context.addIssue({ code: "custom", path: issue.path, message: JSON.stringify(issue) });
});

const device = z.strictObject({
  ids: z.array(text).min(1),
  ...all("name mf mdl mdl_id sw hw sn sa via_device", text),
  cu: z.url().optional(),
});
const origin = z.strictObject({ name: text, ...all("sw", text), url: z.url().optional() });

/** A component that goes has its platform and nothing else. */
const gone = z.strictObject({ p: platform });
const id = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** Throws unless this is a component of a message for a whole device. */
export function checkComponent(one: unknown): void {
  component.parse(one);
}

/** Throws unless this is a message for a whole device, as Home Assistant takes it since 2024.11. */
export function checkDeviceMessage(message: unknown): void {
  const { cmps } = z.strictObject({ dev: device, o: origin, cmps: z.record(id, z.looseObject({})) }).parse(message);
  for (const one of Object.values(cmps)) if (!gone.safeParse(one).success) component.parse(one);
  checkTriggers(Object.values(cmps));
}

/**
 * Throws unless this is a message for one entity: its platform is in the topic, and its entity id is made of `default_entity_id`,
 * or before 2025.10 of `object_id`, which must say the same.
 */
export function checkEntityMessage(platform: string, message: Record<string, unknown>): void {
  const { dev, o, object_id: objectId, ...options } = message;
  device.parse(dev);
  origin.parse(o);
  const entityId = objectId === undefined ? undefined : `${platform}.${objectId}`;
  z.literal(entityId).parse(options["default_entity_id"]);
  component.parse({ p: platform, ...options });
}

/** "The combination of type and subtype should be unique for a device." */
export function checkTriggers(components: readonly Readonly<Record<string, unknown>>[]): void {
  const names = components.flatMap(({ type, subtype }) => (type === undefined ? [] : [`${type} of ${subtype}`]));
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) throw new Error(`there are two triggers ${twice[0]}`);
}

/** Throws unless Home Assistant would read what is published here as discovery. */
export function checkDiscoveryTopic(topic: string, prefix: string): void {
  const names = ["device", ...platform.options].join("|");
  z.string()
    .regex(new RegExp(`^${prefix}/(${names})/([A-Za-z0-9_-]+/)?[A-Za-z0-9_-]+/config$`))
    .parse(topic);
}
