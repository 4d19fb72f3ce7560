import { z } from "zod";

/**
 * What Home Assistant's documentation says a discovery message may have (www.home-assistant.io/integrations/mqtt and the page
 * of each platform, such as /integrations/switch.mqtt). Options that are not documented fail.
 */

const text = z.string();
/** Subscribed to or published on, so that a wildcard or an empty topic is a mistake. */
const topic = z.string().regex(/^[^+#]+$/);
const template = z.string().regex(/\{[{%].*[}%]\}/s);
const flag = z.boolean();
const whole = z.int();
const list = z.array(z.string()).min(1);
const icon = z.string().regex(/^mdi:[a-z0-9-]+$/);

type Options = Record<string, z.ZodType>;
const all = (names: string, schema: z.ZodType): Options =>
  Object.fromEntries(names.split(" ").map((name) => [name, schema.optional()]));

/** What every platform has. */
const common = {
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
  ...all("enabled_by_default", flag),
  ...all("encoding entity_picture", text),
};

const anyCategory = { entity_category: z.enum(["config", "diagnostic"]).optional() };
/** "When set, the entity category must be `diagnostic` for sensors." */
const sensorCategory = { entity_category: z.literal("diagnostic").optional() };
const command = { command_topic: topic, ...all("retain optimistic", flag), ...all("command_template", template) };
const state = { state_topic: topic, ...all("value_template", template) };
const optionalState = { ...all("state_topic", topic), ...all("value_template", template) };

const binarySensorClasses =
  "battery battery_charging carbon_monoxide cold connectivity door garage_door gas heat light lock moisture motion moving occupancy opening plug power presence problem running safety smoke sound tamper update vibration window";
const sensorUnits: Readonly<Record<string, readonly string[]>> = {
  temperature: ["°C", "°F", "K"],
  humidity: ["%"],
  pressure: ["hPa", "mbar", "kPa", "Pa", "bar", "psi"],
  atmospheric_pressure: ["hPa", "mbar", "kPa", "Pa", "bar", "psi"],
  duration: ["d", "h", "min", "s", "ms"],
  data_size: ["B", "kB", "MB", "GB", "KiB", "MiB", "GiB"],
  voltage: ["V", "mV"],
  current: ["A", "mA"],
  power: ["W", "kW", "mW"],
  energy: ["Wh", "kWh", "MWh"],
  illuminance: ["lx"],
  carbon_dioxide: ["ppm"],
  distance: ["mm", "cm", "m", "km"],
};

const platforms = {
  binary_sensor: {
    ...state,
    ...sensorCategory,
    device_class: z.enum(binarySensorClasses.split(" ")).optional(),
    ...all("payload_on payload_off", text),
    ...all("expire_after off_delay", whole),
    ...all("force_update", flag),
  },
  button: {
    command_topic: topic,
    ...anyCategory,
    device_class: z.enum(["identify", "restart", "update"]).optional(),
    ...all("command_template", template),
    ...all("payload_press", text),
    ...all("retain", flag),
  },
  climate: {
    ...anyCategory,
    ...all(
      "action_topic current_humidity_topic current_temperature_topic fan_mode_command_topic fan_mode_state_topic mode_command_topic mode_state_topic power_command_topic preset_mode_command_topic preset_mode_state_topic swing_mode_command_topic swing_mode_state_topic swing_horizontal_mode_command_topic swing_horizontal_mode_state_topic target_humidity_command_topic target_humidity_state_topic temperature_command_topic temperature_state_topic temperature_high_command_topic temperature_high_state_topic temperature_low_command_topic temperature_low_state_topic",
      topic,
    ),
    ...all(
      "action_template current_humidity_template current_temperature_template fan_mode_command_template fan_mode_state_template mode_command_template mode_state_template power_command_template preset_mode_command_template preset_mode_value_template target_humidity_command_template target_humidity_state_template temperature_command_template temperature_state_template temperature_high_command_template temperature_high_state_template temperature_low_command_template temperature_low_state_template value_template",
      template,
    ),
    ...all("fan_modes modes preset_modes swing_modes swing_horizontal_modes", list),
    ...all("initial max_humidity min_humidity max_temp min_temp precision temp_step", z.number()),
    ...all("optimistic retain", flag),
    ...all("payload_on payload_off", text),
    temperature_unit: z.enum(["C", "F"]).optional(),
  },
  cover: {
    ...optionalState,
    ...anyCategory,
    device_class: z.enum("awning blind curtain damper door garage gate shade shutter window".split(" ")).optional(),
    ...all("command_topic position_topic set_position_topic tilt_command_topic tilt_status_topic", topic),
    ...all("position_template set_position_template tilt_command_template tilt_status_template", template),
    ...all("payload_open payload_close payload_stop", text.nullable()),
    ...all("state_closed state_closing state_open state_opening state_stopped", text),
    ...all("position_closed position_open tilt_closed_value tilt_max tilt_min tilt_opened_value", whole),
    ...all("optimistic retain tilt_optimistic", flag),
  },
  event: {
    ...state,
    ...anyCategory,
    event_types: list,
    device_class: z.enum(["button", "doorbell", "motion"]).optional(),
  },
  fan: {
    ...command,
    ...anyCategory,
    ...all("state_topic", topic),
    ...all("state_value_template", template),
    ...all(
      "direction_command_topic direction_state_topic oscillation_command_topic oscillation_state_topic percentage_command_topic percentage_state_topic preset_mode_command_topic preset_mode_state_topic",
      topic,
    ),
    ...all(
      "direction_command_template direction_value_template oscillation_command_template oscillation_value_template percentage_command_template percentage_value_template preset_mode_command_template preset_mode_value_template",
      template,
    ),
    ...all(
      "payload_on payload_off payload_oscillation_on payload_oscillation_off payload_reset_percentage payload_reset_preset_mode",
      text,
    ),
    preset_modes: list.optional(),
    ...all("speed_range_max speed_range_min", whole),
  },
  lock: {
    ...command,
    ...optionalState,
    ...anyCategory,
    ...all(
      "code_format payload_lock payload_unlock payload_open payload_reset state_jammed state_locked state_locking state_unlocked state_unlocking",
      text,
    ),
  },
  number: {
    ...command,
    ...optionalState,
    ...anyCategory,
    ...all("device_class unit_of_measurement payload_reset", text),
    ...all("min max step", z.number()),
    mode: z.enum(["auto", "box", "slider"]).optional(),
  },
  select: { ...command, ...optionalState, ...anyCategory, options: list },
  sensor: {
    ...state,
    ...sensorCategory,
    ...all("device_class unit_of_measurement", text),
    ...all("last_reset_value_template", template),
    ...all("expire_after suggested_display_precision", whole.min(0)),
    ...all("force_update", flag),
    options: list.optional(),
    state_class: z.enum(["measurement", "measurement_angle", "total", "total_increasing"]).optional(),
  },
  siren: {
    ...command,
    ...anyCategory,
    ...all("state_topic", topic),
    ...all("state_value_template command_off_template", template),
    ...all("payload_on payload_off state_on state_off", text),
    ...all("support_duration support_volume_set", flag),
    available_tones: list.optional(),
  },
  switch: {
    ...command,
    ...optionalState,
    ...anyCategory,
    device_class: z.enum(["outlet", "switch"]).optional(),
    ...all("payload_on payload_off state_on state_off", text),
  },
  valve: {
    ...command,
    ...optionalState,
    ...anyCategory,
    device_class: z.enum(["water", "gas"]).optional(),
    ...all("payload_open payload_close payload_stop", text.nullable()),
    ...all("state_closed state_closing state_open state_opening", text),
    ...all("position_closed position_open", whole),
    ...all("reports_position", flag),
  },
};

/** A light has three pages in one; ours are of the default and the JSON schema. */
const lights = {
  default: {
    ...command,
    ...anyCategory,
    schema: z.literal("default").optional(),
    ...all("state_topic brightness_command_topic brightness_state_topic", topic),
    ...all("state_value_template brightness_value_template", template),
    ...all("payload_on payload_off", text),
    brightness_scale: whole.optional(),
    on_command_type: z.enum(["first", "last", "brightness"]).optional(),
  },
  json: {
    command_topic: topic,
    ...anyCategory,
    schema: z.literal("json"),
    ...all("state_topic", topic),
    ...all("brightness color_temp_kelvin effect flash optimistic retain transition", flag),
    ...all(
      "brightness_scale flash_time_long flash_time_short max_kelvin min_kelvin max_mireds min_mireds white_scale",
      whole,
    ),
    effect_list: list.optional(),
    supported_color_modes: z
      .union([
        z.tuple([z.enum(["onoff", "brightness"])]),
        z.array(z.enum(["color_temp", "hs", "xy", "rgb", "rgbw", "rgbww", "white"])).min(1),
      ])
      .optional(),
  },
};

/** The rules that are for several options at once. */
function together(component: Record<string, unknown>, context: z.RefinementCtx): void {
  const complain = (message: string) => context.addIssue({ code: "custom", message });
  const { p, default_entity_id: entityId, device_class: deviceClass, unit_of_measurement: unit } = component;
  if (entityId !== undefined && !String(entityId).startsWith(`${p}.`)) complain("the entity id is of another platform");
  if (p !== "sensor") return;
  const units = sensorUnits[String(deviceClass)];
  if (deviceClass !== undefined && units === undefined) complain(`device class ${deviceClass} is not in this list yet`);
  if (units?.includes(String(unit)) === false) complain(`device class ${deviceClass} has no unit ${unit}`);
  if (deviceClass === "energy" && component["state_class"] === "measurement") complain("energy is a total");
}

const oneOf = (p: string, options: Options) =>
  z.strictObject({ ...common, ...options, p: z.literal(p) }).superRefine(together);

/** Each by the schema of its platform, so that what is wrong is said in that schema's words. */
const component = z.looseObject({ p: z.enum([...Object.keys(platforms), "light"]) }).superRefine((value, context) => {
  const { p, schema } = value;
  const options =
    p === "light" ? lights[schema === "json" ? "json" : "default"] : platforms[p as keyof typeof platforms];
  for (const issue of oneOf(p, options).safeParse(value).error?.issues ?? [])
    context.addIssue({ code: "custom", path: issue.path, message: JSON.stringify(issue) });
});

const device = z.strictObject({
  ids: z.array(text).min(1),
  ...all("name mf mdl mdl_id sw hw sn sa via_device", text),
  cu: z.url().optional(),
});
const origin = z.strictObject({ name: text, ...all("sw", text), url: z.url().optional() });

/** A component that goes has its platform and nothing else. */
const gone = z.strictObject({ p: z.enum([...Object.keys(platforms), "light"]) });
const id = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** Throws unless this is a message for a whole device, as Home Assistant takes it since 2024.11. */
export function checkDeviceMessage(message: unknown): void {
  const { cmps } = z.strictObject({ dev: device, o: origin, cmps: z.record(id, z.looseObject({})) }).parse(message);
  for (const one of Object.values(cmps)) if (!gone.safeParse(one).success) component.parse(one);
}

/** Throws unless this is a message for one entity: its platform is in the topic, and its entity id is made of `object_id`. */
export function checkEntityMessage(platform: string, message: Record<string, unknown>): void {
  const { dev, o, object_id: objectId, ...options } = message;
  device.parse(dev);
  origin.parse(o);
  z.string()
    .regex(/^[a-z0-9]+(_[a-z0-9]+)*$/)
    .parse(objectId);
  component.parse({ p: platform, ...options });
}

/** Throws unless Home Assistant would read what is published here as discovery. */
export function checkDiscoveryTopic(topic: string, prefix: string): void {
  const names = ["device", "light", ...Object.keys(platforms)].join("|");
  z.string()
    .regex(new RegExp(`^${prefix}/(${names})/([A-Za-z0-9_-]+/)?[A-Za-z0-9_-]+/config$`))
    .parse(topic);
}
