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
import { better, losses, type Measure, measuredOf } from "./results/budget.ts";
import { asText, reportOf } from "./results/report.ts";

const file = fileURLToPath(new URL("budget.json", import.meta.url));

/** What is about the same in each run and on each machine. All other rows are only printed. */
const measures: readonly (Measure & { readonly from: Figure })[] = [
  { id: "latency-qos0-p50", of: "ratio", from: latency },
  { id: "latency-qos1-p50", of: "ratio", from: latency },
  { id: "small-private-bare", of: "value", from: smallMemory },
  { id: "heap-per-device", of: "value", from: heapPerPart },
  // A hundred thousand commands leave half a MB more or less, of compiled code.
  { id: "heap-per-command", of: "value", slack: 10, from: heapPerPart },
  { id: "files-opened", of: "value", from: filesOpened },
  { id: "package-packed", of: "value", from: packageSize },
  { id: "package-unpacked", of: "value", from: packageSize },
  { id: "messages-at-start", of: "value", from: messagesAtStart },
];

/** What has lost too much is measured again so many times: another program may have disturbed it. */
const secondTries = 2;

/** Measures what has a budget. Returns the exit status: 1 where something has become worse than the budget allows. */
export async function budget(bench: Bench, missing: readonly string[], write: boolean): Promise<number> {
  let best = await measureAll([...measures.map(({ from }) => from), pacedCommands], bench, missing);
  if (write) {
    writeFileSync(file, `${JSON.stringify(best, null, 2)}\n`);
    console.log("scripts/bench/budget.json is written.");
    return 0;
  }
  const committed = JSON.parse(readFileSync(file, "utf8")) as Record<string, number>;
  let found = losses(measures, committed, best);
  for (let tries = 0; tries < secondTries && found.lost.length > 0; tries += 1) {
    console.log(`Measured again, because of ${found.lost.join(", ")}:\n`);
    const again = measures.filter(({ id }) => found.lost.includes(id)).map(({ from }) => from);
    best = better(best, await measureAll(again, bench, missing));
    found = losses(measures, committed, best);
  }
  for (const line of found.lines) console.log(line);
  return found.lost.length > 0 ? 1 : 0;
}

/** Measures each of the figures once and prints all their rows. Returns what has a budget. */
async function measureAll(figures: readonly Figure[], bench: Bench, missing: readonly string[]) {
  const all = [];
  for (const figure of new Set(figures)) all.push(await figure.measure(bench));
  const report = reportOf(all, missing);
  console.log(`${asText(report)}\n`);
  return measuredOf(measures, report.rows);
}
