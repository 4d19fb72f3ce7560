import * as z from "zod";
import { derivedMeasures } from "../../core/derived/index.ts";
import { filterKinds } from "../../core/filters/index.ts";
import { sharedOptions } from "../../core/sensor/shared-options.ts";
import type { JsonProperty } from "./json-property.ts";
import { linesOf, valuesOf } from "./option-lines.ts";
import { optionTable } from "./option-table.ts";

/** The options that all sensors have. */
export function sensorSection(): string {
  const { every: _every, ...shared } = sharedOptions({ default: "1m", min: "1s" }, undefined);
  const derived = derivedMeasures.map(({ name, summary, measure: { unit }, needs, uses }) => {
    const from = [...needs, ...(uses === undefined ? [] : [`${uses} if it is measured`])].join(" and ");
    return `| \`${name}\` | ${unit} | ${from.replaceAll("_", " ")} | ${summary} |\n`;
  });
  return `## Every sensor

Each sensor has these options besides its own. [readings.md](../../docs/readings.md) explains them with examples. What is \`a group\` is
written by the names of the measures; a sensor with one measure may leave its name out.

${optionTable(linesOf(shared))}
What \`derive\` can compute, where a sensor measures what it needs:

| measure | unit | from | |
| --- | --- | --- | --- |
${derived.join("")}`;
}

/** The filters that every sensor can have. */
export function filterSection(): string {
  const rows = filterKinds.map(({ name, summary, options }) => {
    const schema = z.toJSONSchema(options, { io: "input" }) as JsonProperty;
    return `| \`${name}\` | ${filterValues(schema)} | ${summary} |\n`;
  });
  return `## Filters

Between what a sensor gave and what is published of it, each measure may have filters, which work in the order in which they are
written. Their names and their meaning are those of ESPHome, except where the table says something else.

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

/** Which values a filter takes, in words: the names of its options where it has several. */
function filterValues(schema: JsonProperty): string {
  if (schema.properties !== undefined)
    return Object.keys(schema.properties)
      .map((key) => `\`${key}\``)
      .join(", ");
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(filterValues))].join(" or ");
  return valuesOf({ ...(schema.type && { type: schema.type }), ...(schema.pattern && { pattern: schema.pattern }) });
}
