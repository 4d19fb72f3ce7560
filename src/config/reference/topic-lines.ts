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
  { anyOf, enum: words, properties = {}, required = [], additionalProperties }: JsonProperty,
  measures: DeviceKind["measures"],
): string {
  if (anyOf !== undefined) return anyOf.map((one) => publishedText(one, measures)).join(", or ");
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(" or ");
  // The state of a sensor whose options decide what it measures.
  if (additionalProperties !== undefined && Object.keys(properties).length === 0)
    return `what its options say, such as ${told(Object.keys(measures ?? {}), measures).join(" and ")}, with \`ts\`, as JSON`;
  const named = (isAlways: boolean) =>
    told(
      Object.keys(properties).filter((name) => required.includes(name) === isAlways),
      measures,
    );
  const [always, perhaps] = [named(true), named(false)];
  return `${always.join(" and ")}, with \`ts\`, as JSON${perhaps.length > 0 ? `, and with some options ${perhaps.join(", ")},` : ""}`;
}

/** Values by their names, with the units that they have. */
function told(names: readonly string[], measures: DeviceKind["measures"]): readonly string[] {
  return names.map((name) => {
    const unit = measures?.[name]?.unit;
    return unit === undefined ? `\`${name}\`` : `\`${name}\` in ${unit}`;
  });
}
