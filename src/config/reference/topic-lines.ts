import * as z from "zod";
import type { DeviceKind } from "../../core/kind.ts";
import { deviceTopics } from "../../core/messages/device-topics.ts";
import type { JsonProperty } from "./json-property.ts";

/** What a kind publishes and hears, on which topics of its example, and as what Home Assistant shows it. */
export function topicLines(kind: DeviceKind): readonly string[] {
  const { command, entities, events = {}, example, measures, options, state } = kind;
  const topics = deviceTopics(String(example["topic"]), kind);
  const shown = entities(z.object(options).parse(example));
  const published = publishedText(z.toJSONSchema(state) as JsonProperty, measures);
  const quoted = (some: readonly string[]) => some.map((one) => `\`${one}\``).join(" and ");
  const alone = (some: Readonly<Record<string, string>>) =>
    Object.entries(some).map(([name, topic]) => `, and \`${name}\` alone on \`${topic}\``);
  return [
    `Publishes ${published} on \`${topics.state}\`${alone(topics.shown).join("")}.`,
    ...Object.entries(topics.events).map(
      ([name, topic]) =>
        `Tells what happens on \`${topic}\`, never retained, as \`{"event_type":"${events[name]?.[0]}"}\`: ${events[name]?.map((type) => `\`${type}\``).join(", ")}.`,
    ),
    ...(command === undefined
      ? []
      : [`Hears commands on ${quoted(topics.commands)}${alone(topics.setters).join("")}.`]),
    `Home Assistant shows ${shown.map(({ key, platform }) => `\`${key}\` as \`${platform}\``).join(" and ")}${
      Object.keys(events).length > 0 ? ", and offers what happens as triggers of the device" : ""
    }.`,
  ];
}

/** What is published as the state: words, or values as JSON, or either. */
function publishedText(
  { anyOf, enum: words, properties = {}, required = [] }: JsonProperty,
  measures: DeviceKind["measures"] = {},
): string {
  if (anyOf !== undefined) return anyOf.map((one) => publishedText(one, measures)).join(", or ");
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(" or ");
  const inWords = (name: string) => {
    const unit = measures[name]?.unit;
    return unit === undefined ? `\`${name}\`` : `\`${name}\` in ${unit}`;
  };
  // The schema has no names where the options of a device decide what it measures.
  if (Object.keys(properties).length === 0)
    return `what its options choose, here ${Object.keys(measures).map(inWords).join(" and ")}, with \`ts\`, as JSON`;
  const told = (isAlways: boolean) =>
    Object.keys(properties)
      .filter((name) => required.includes(name) === isAlways)
      .map(inWords);
  const [always, perhaps] = [told(true), told(false)];
  return `${always.join(" and ")}, with \`ts\`, as JSON${perhaps.length > 0 ? `, and with some options ${perhaps.join(", ")},` : ""}`;
}
