import { z } from "zod";
import { all, anyCategory, command, flag, list, type Options, template, text, topic, whole } from "./options.ts";

/** A light has three pages in one; ours are of the default and the JSON schema. */
export const lights = {
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
} satisfies Record<string, Options>;
