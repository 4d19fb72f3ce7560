import * as z from "zod";
import { type DeviceKind, exampleDevices } from "../core/device.ts";
import { filterKinds } from "../core/filters/index.ts";
import { hasLimits, limitOptions } from "../core/limits.ts";
import { type LinkRole, linkOptions } from "../core/link.ts";
import { deviceTopics } from "../core/messages/device-topics.ts";
import { type PinOption, pinOptions } from "../core/pin.ts";
import { yamlPackage } from "../yaml/yaml-package.ts";
import { commonOptions, configSchemas } from "./schema/config-schemas.ts";

/** The JSON Schema of devices.yaml. Editors use it to complete words, to show descriptions and to mark mistakes. */
export function editorSchema(kinds: readonly DeviceKind[], backendNames: readonly string[]): string {
  const schema = z.toJSONSchema(configSchemas(kinds, backendNames).editor(), { io: "input" });
  return `${JSON.stringify({ title: "pi2mqtt devices.yaml", ...schema }, null, 2)}\n`;
}

/** The kinds with their summaries, one line each. */
export function kindList(kinds: readonly DeviceKind[]): string {
  const width = Math.max(...kinds.map(({ kind }) => kind.length));
  return kinds.map(({ kind, summary }) => `${kind.padEnd(width)}  ${summary}\n`).join("");
}

/** One kind for a terminal: its summary, its options and an example. */
export function kindPage(kind: DeviceKind): string {
  const options = optionLines(kind).map(
    ({ name, required, values, description }) =>
      `  ${name}${required ? " (required)" : ""}: ${values}\n      ${description}\n`,
  );
  return [
    `${kind.kind}: ${kind.summary}\n`,
    `\n${topicLines(kind).join("\n").replaceAll("`", "")}\n`,
    `\nOptions, besides kind and ${Object.keys(commonOptions).join(", ")}:\n\n${options.join("")}`,
    `\nExample:\n\n${indent(exampleYaml(kind))}`,
  ].join("");
}

/** The reference of all kinds as a Markdown page. */
export function referencePage(kinds: readonly DeviceKind[]): string {
  return `# The kinds of devices

<!-- Generated from the files beside this one by "npm run generate". -->

Every device has an id of its own, a \`kind\` and a \`topic\`; the rest depends on the kind. Every device may have a \`name\` for
people, an \`area\`, which makes it a device of its own in Home Assistant, and \`home_assistant\`: options in the words of Home
Assistant's pages, such as \`icon: mdi:pump\`, for all its entities or below the key of one; \`discovery: false\` hides it, and
\`default_entity_id: false\` leaves the entity id to Home Assistant. What the agent decides, such as topics, \`unique_id\` and \`retain\`,
is refused there. Durations are written \`500ms\`,
\`30s\`, \`5m\`, \`2h\` or \`1d\`, pins \`17\`, \`GPIO17\` or \`BOARD11\`, and
\`relays/3\` for a line of a chip that \`gpio.chips\` names ([pins.md](../../docs/pins.md)). Every device says \`online\` or \`offline\` on
\`<topic>/availability\`. A value that a sensor does not give, or that is outside its range, is published as \`null\`; so is \`ts\` while the
machine does not know the time. To add a kind, copy the file of the one that is nearest and add its line to [index.ts](index.ts).

${kinds.map(kindSection).join("\n")}
${filterSection()}`;
}

function kindSection(kind: DeviceKind): string {
  const rows = optionLines(kind).map(
    ({ name, required, values, description }) =>
      `| \`${name}\`${required ? " (required)" : ""} | ${values} | ${description} |\n`,
  );
  return `## ${kind.kind}

${kind.summary}

${topicLines(kind).join(" ")}

| option | values | |
| --- | --- | --- |
${rows.join("")}
\`\`\`yaml
${exampleYaml(kind)}\`\`\`
`;
}

/** The filters that every sensor can have. */
function filterSection(): string {
  const rows = filterKinds.map(({ name, summary, options }) => {
    const { type, pattern, properties } = z.toJSONSchema(options, { io: "input" }) as JsonProperty;
    const values =
      properties === undefined
        ? valuesOf({ ...(type && { type }), ...(pattern && { pattern }) })
        : Object.keys(properties)
            .map((key) => `\`${key}\``)
            .join(", ");
    return `| \`${name}\` | ${values} | ${summary} |\n`;
  });
  return `## Filters

Between what a sensor gave and what is published of it, each measure may have filters, which work in the order in which they are
written. Their names are those of ESPHome.

| filter | values | |
| --- | --- | --- |
${rows.join("")}
\`\`\`yaml
devices:
  my-climate:
    kind: dht
    topic: home/office/climate
    pin: 4
    filters:
      temperature:
        - offset: -0.5
        - median: {window_size: 5}
      humidity:
        - delta: 1
\`\`\`
`;
}

interface OptionLine {
  readonly name: string;
  readonly required: boolean;
  readonly values: string;
  readonly description: string;
}

interface JsonProperty {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly anyOf?: readonly JsonProperty[];
}

function optionLines(kind: DeviceKind): readonly OptionLine[] {
  const options = { ...kind.options, ...(hasLimits(kind.options) && limitOptions) };
  const { properties = {}, required = [] } = z.toJSONSchema(z.object(options), { io: "input" });
  const pins = pinOptions(options);
  const links = linkOptions(options);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name),
    values: pinText(pins.get(name)) ?? linkText(links.get(name)?.role) ?? valuesOf(property as JsonProperty),
    description: (property as JsonProperty).description ?? "",
  }));
}

function pinText(option: PinOption | undefined): string | undefined {
  if (option === undefined) return undefined;
  return option.isList ? "a list of pins" : "a pin";
}

function linkText(role: LinkRole | undefined): string | undefined {
  if (role === undefined) return undefined;
  return { measure: "a sensor's id and measure", on_off: "the id of an output", input: "the id of an input" }[role];
}

function valuesOf({ type, enum: words, pattern, anyOf }: JsonProperty): string {
  const several = anyOf ?? (Array.isArray(type) ? type.map((one) => ({ type: one })) : undefined);
  if (several !== undefined) return [...new Set(several.map(valuesOf))].join(" or ");
  if (words !== undefined) return words.join(", ");
  if (type === "boolean") return "true, false";
  if (type === "object") return "a group";
  if (type === "array") return "a list";
  if (type === "string") return pattern?.includes("(ms|s|m|h|d)") ? "a duration" : "text";
  return "a number";
}

function exampleYaml(kind: DeviceKind): string {
  return yamlPackage().stringify({ devices: exampleDevices(`my-${kind.kind.replaceAll("_", "-")}`, kind) });
}

function topicLines(kind: DeviceKind): readonly string[] {
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
  measures: DeviceKind["measures"],
): string {
  if (anyOf !== undefined) return anyOf.map((one) => publishedText(one, measures)).join(", or ");
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(" or ");
  const told = (isAlways: boolean) =>
    Object.keys(properties)
      .filter((name) => required.includes(name) === isAlways)
      .map((name) => {
        const unit = measures?.[name]?.unit;
        return unit === undefined ? `\`${name}\`` : `\`${name}\` in ${unit}`;
      });
  const [always, perhaps] = [told(true), told(false)];
  return `${always.join(" and ")}, with \`ts\`, as JSON${perhaps.length > 0 ? `, and with some options ${perhaps.join(", ")},` : ""}`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
