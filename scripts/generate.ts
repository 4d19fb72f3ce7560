/**
 * npm run generate: writes the reference, the editor's schema and the README's table from the kinds, the picture of the wiring from
 * devices.yaml, and the graph of docs/architecture.md from the import laws. With --check it only compares.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readConfig } from "../src/config/read.ts";
import { sensorTables } from "../src/config/reference/sensor-tables.ts";
import { editorSchema, kindTable, referencePage } from "../src/config/reference.ts";
import { backends } from "../src/gpio/index.ts";
import { loadKinds } from "../src/kinds.ts";
import { wiringPicture } from "../src/wiring/picture/picture.ts";
import { withGeneratedPart } from "./generated-part.ts";
import { withImportGraph } from "./import-graph.ts";
import { importLaws } from "./import-laws.ts";

const backendNames = backends.map(({ name }) => name);
const example = fileURLToPath(new URL("../devices.yaml", import.meta.url));
const kinds = await loadKinds();
const { config } = readConfig(example, { kinds, backends, hostname: "office-pi", environment: {} });

const generated = {
  "src/devices/README.md": referencePage(kinds),
  "schema/devices.schema.json": editorSchema(kinds, backendNames),
  "docs/wiring.svg": wiringPicture(config?.devices ?? [], [], "office-pi"),
  "README.md": withGeneratedPart(current("README.md"), "src/devices", kindTable(kinds)),
  "docs/sensors.md": withGeneratedPart(current("docs/sensors.md"), "src/devices", sensorTables(kinds)),
  "docs/architecture.md": withImportGraph(current("docs/architecture.md"), importLaws),
};

for (const [name, text] of Object.entries(generated)) {
  if (!process.argv.includes("--check")) writeFileSync(pathOf(name), text);
  else if (current(name) !== text) {
    console.error(`${name} is stale: run "npm run generate" and commit the result`);
    process.exitCode = 1;
  }
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

/** The text of the present file, with line ends as they are generated: git may have changed them. */
function current(name: string): string {
  try {
    return readFileSync(pathOf(name), "utf8").replaceAll("\r\n", "\n");
  } catch {
    return "";
  }
}
