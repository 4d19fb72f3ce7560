import * as z from "zod";
import { type DeviceKind, exampleDevices } from "../core/kind.ts";
import { kindGroups, sensorGroups } from "../core/kind-groups.ts";
import { yamlPackage } from "../yaml/yaml-package.ts";
import { optionLines } from "./reference/option-lines.ts";
import { optionTable } from "./reference/option-table.ts";
import { filterSection, sensorSection } from "./reference/sensor-sections.ts";
import { topicLines } from "./reference/topic-lines.ts";
import { commonOptions } from "./schema/config-schemas.ts";
import { editorSchemaOf } from "./schema/editor-schema.ts";

/** The JSON Schema of devices.yaml. Editors use it to complete words, to show descriptions and to mark mistakes. */
export function editorSchema(kinds: readonly DeviceKind[], backendNames: readonly string[]): string {
  const schema = z.toJSONSchema(editorSchemaOf(kinds, backendNames), { io: "input" });
  return `${JSON.stringify({ title: "pi2mqtt devices.yaml", ...schema }, null, 2)}\n`;
}

/** The kinds whose names, or whose words of what they are for, begin with a text; capital letters and signs between letters do not count. */
export function kindsAbout(text: string, kinds: readonly DeviceKind[]): readonly DeviceKind[] {
  const wanted = wordsOf(text).join("");
  if (wanted.length < 2) return [];
  return kinds.filter(({ kind, summary, usedFor, searchedAs = [], alsoCalled = [] }) =>
    [kind, summary, usedFor, ...searchedAs, ...alsoCalled]
      .map(wordsOf)
      .some((words) => words.some((_word, first) => words.slice(first).join("").startsWith(wanted))),
  );
}

/** NFKC makes CO2 of CO₂. */
function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** The kinds with what they are used for, one line each, in groups. */
export function kindList(kinds: readonly DeviceKind[]): string {
  const width = Math.max(...kinds.map(({ kind }) => kind.length));
  return grouped(kinds)
    .map(({ title, members }) => {
      const lines = members.map(({ kind, usedFor }) => `  ${kind.padEnd(width)}  ${usedFor}\n`);
      return `${title}:\n${lines.join("")}`;
    })
    .join("\n");
}

/**
 * A Markdown table that says which kind is for what, in the order of the groups. Of sensors there are so many that each group is one row;
 * docs/sensors.md has a row for each.
 */
export function kindTable(kinds: readonly DeviceKind[]): string {
  const rows = grouped(kinds).flatMap(({ name, title, members }) => {
    const isSensors = sensorGroups.some((one) => one === name);
    if (!isSensors) return members.map(({ kind, usedFor }) => `| ${usedFor} | \`${kind}\` |\n`);
    const what = title.replace(/^Sensors of /, "").replace(/^./, (first) => first.toLowerCase());
    return [`| [${what}](docs/sensors.md) | ${members.map(({ kind }) => `\`${kind}\``).join(", ")} |\n`];
  });
  return `| for | write \`kind:\` |\n| --- | --- |\n${rows.join("")}`;
}

/** The kinds in their groups; groups without a kind are left out. */
function grouped(kinds: readonly DeviceKind[]) {
  return Object.entries(kindGroups)
    .map(([name, title]) => ({ name, title, members: kinds.filter(({ group }) => group === name) }))
    .filter(({ members }) => members.length > 0);
}

/** One kind for a terminal: its summary, its options and an example. */
export function kindPage(kind: DeviceKind): string {
  const options = optionLines(kind).map(
    ({ name, required, values, description }) =>
      `  ${name}${required ? " (required)" : ""}: ${values}\n      ${description}\n`,
  );
  return [
    `${kind.kind}: ${kind.summary}\n`,
    ...(kind.searchedAs === undefined ? [] : [`\nAlso: ${kind.searchedAs.join(", ")}.\n`]),
    `\n${topicLines(kind).join("\n").replaceAll("`", "")}\n`,
    `\nOptions, besides kind and ${Object.keys(commonOptions).join(", ")}:\n\n${options.join("")}`,
    ...(kind.sharedOptions === undefined
      ? []
      : [`\nAnd, as every sensor (docs/readings.md): ${kind.sharedOptions.join(", ")}.\n`]),
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
${sensorSection()}
${filterSection()}`;
}

function kindSection(kind: DeviceKind): string {
  const shared = kind.sharedOptions?.map((name) => `\`${name}\``).join(", ");
  return `## ${kind.kind}

${kind.summary}

${kind.searchedAs === undefined ? "" : `Also: ${kind.searchedAs.join(", ")}.\n\n`}${topicLines(kind).join(" ")}

${optionTable(optionLines(kind))}${shared === undefined ? "" : `\nAnd what [every sensor](#every-sensor) has: ${shared}.\n`}
\`\`\`yaml
${exampleYaml(kind)}\`\`\`
`;
}

function exampleYaml(kind: DeviceKind): string {
  return yamlPackage().stringify({ devices: exampleDevices(`my-${kind.kind.replaceAll("_", "-")}`, kind) });
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
