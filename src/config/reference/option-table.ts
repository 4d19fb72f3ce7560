import type { OptionLine } from "./option-lines.ts";

/** Options as a Markdown table. */
export function optionTable(lines: readonly OptionLine[]): string {
  const rows = lines.map(
    ({ name, required, values, description }) =>
      `| \`${name}\`${required ? " (required)" : ""} | ${values} | ${description} |\n`,
  );
  return `| option | values | |\n| --- | --- | --- |\n${rows.join("")}`;
}
