import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Bench, Figure } from "./figures/figure.ts";
import { filesOpened } from "./figures/files-opened.ts";
import { latency } from "./figures/latency.ts";
import { heapPerPart } from "./figures/live-heap.ts";
import { messagesAtStart } from "./figures/messages.ts";
import { pacedCommands } from "./figures/paced.ts";
import { packageSize } from "./figures/package-size.ts";
import { smallMemory } from "./figures/small-memory.ts";
import { losses, type Measure, measuredOf } from "./results/budget.ts";
import { asText, reportOf } from "./results/report.ts";

const file = fileURLToPath(new URL("budget.json", import.meta.url));
const used: readonly Figure[] = [
  latency,
  smallMemory,
  heapPerPart,
  filesOpened,
  packageSize,
  messagesAtStart,
  pacedCommands,
];

/** What is about the same in each run and on each machine. All other rows are only printed. */
const measures: readonly Measure[] = [
  { id: "latency-qos0-p50", of: "ratio" },
  { id: "latency-qos1-p50", of: "ratio" },
  { id: "small-private-bare", of: "value" },
  { id: "heap-per-device", of: "value" },
  // A hundred thousand commands leave half a MB more or less, of compiled code.
  { id: "heap-per-command", of: "value", slack: 10 },
  { id: "files-opened", of: "value" },
  { id: "package-packed", of: "value" },
  { id: "package-unpacked", of: "value" },
  { id: "messages-at-start", of: "value" },
];

/** Measures what has a budget. Returns the exit status: 1 where something has become worse than the budget allows. */
export async function budget(bench: Bench, missing: readonly string[], write: boolean): Promise<number> {
  const all = [];
  for (const figure of used) all.push(await figure.measure(bench));
  const report = reportOf(all, missing);
  console.log(`${asText(report)}\n`);
  const measured = measuredOf(measures, report.rows);
  if (write) {
    writeFileSync(file, `${JSON.stringify(measured, null, 2)}\n`);
    console.log("scripts/bench/budget.json is written.");
    return 0;
  }
  const committed = JSON.parse(readFileSync(file, "utf8")) as Record<string, number>;
  const { lines, failed } = losses(measures, committed, measured);
  for (const line of lines) console.log(line);
  return failed ? 1 : 0;
}
