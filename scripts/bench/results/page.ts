import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { withGeneratedPart } from "../../generated-part.ts";
import { chart } from "./chart.ts";
import { merged } from "./merged.ts";
import { asJson, growthTable, type Report } from "./report.ts";
import { markdownTable } from "./table.ts";

const command = "npm run bench -- all";
const docs = fileURLToPath(new URL("../../../docs/", import.meta.url));
const folder = `${docs}performance`;
const figuresFile = `${folder}/figures.json`;

/** The figures that are on the page now, with those of the report in the place of the same ones. */
export function renewed(report: Report): Report {
  const before = JSON.parse(readFileSync(figuresFile, "utf8")) as Report;
  return { ...report, rows: merged(before.rows, report.rows), growths: merged(before.growths, report.growths) };
}

/** Writes docs/performance.md's generated parts, the charts and the figures. */
export function writePage(report: Report): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith(".svg")) rmSync(`${folder}/${name}`);
  for (const growth of report.growths) writeFileSync(`${folder}/${growth.id}.svg`, chart(growth));
  writeFileSync(figuresFile, asJson(report));
  const file = `${docs}performance.md`;
  const page = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  const withTable = withGeneratedPart(page, "all figures", tablePart(report), command);
  writeFileSync(file, withGeneratedPart(withTable, "all growths", growthPart(report), command));
}

function tablePart({ machine, rows, notes }: Report): string {
  const { version, node, broker, kernel, cores, processor, memoryGb } = machine;
  return [
    `Measured with pi2mqtt ${version}, Node.js ${node}, ${broker}, ${kernel}, on ${cores} cores (${processor}) with ${memoryGb} GB.`,
    "The agent, the broker and the bench share the machine.",
    "",
    markdownTable(rows),
    "",
    ...notes,
    "",
  ].join("\n");
}

function growthPart({ growths }: Report): string {
  const pictures = growths.map(({ id, title, across }) => `![${title} by ${across}](performance/${id}.svg)`);
  return [growthTable(growths), "", ...pictures.flatMap((picture) => [picture, ""])].join("\n");
}
