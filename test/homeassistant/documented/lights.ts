import { z } from "zod";
import { all, anyCategory, command, flag, list, type Options, template, text, topic, whole } from "./options.ts";

/** Names such as `rgb_command_topic`, of each of the first words with each of the second ones. */
const ofEach = (beginnings: string, ends: string) =>
  beginnings
    .split(" ")
    .flatMap((beginning) => ends.split(" ").map((end) => `${beginning}_${end}`))
    .join(" ");

/** A light has three pages in one; ours are of the default and the JSON schema. */
export const lights = {
  default: {
    ...command,
    ...anyCategory,
    schema: z.literal("default").optional(),
    ...all("state_topic color_mode_state_topic white_command_topic", topic),
    ...all("state_value_template color_mode_value_template", template),
    ...all(ofEach("brightness color_temp effect hs rgb rgbw rgbww xy", "command_topic state_topic"), topic),
    ...all(ofEach("brightness color_temp effect hs rgb rgbw rgbww xy", "command_template value_template"), template),
    ...all("payload_on payload_off", text),
    ...all("brightness_scale max_kelvin min_kelvin max_mireds min_mireds white_scale", whole),
    color_temp_kelvin: flag.optional(),
    effect_list: list.optional(),
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
