/**
 * npm run bench: compares the agent with floors, in one run and with one broker. `-- all` measures everything and writes the page,
 * `-- FIGURE ...` only these (with `--page` also on the page), `-- budget` what may not become worse, `-- pins` what a pin costs in the kernel lab.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { budget } from "./budget.ts";
import { contestantsHere } from "./contestants/index.ts";
import type { Figure, Measured } from "./figures/figure.ts";
import { figures } from "./figures/index.ts";
import { brokerName } from "./machine/broker.ts";
import { makeCodeCache } from "./machine/code-cache.ts";
import { renewed, writePage } from "./results/page.ts";
import { asJson, asText, reportOf } from "./results/report.ts";

process.exit(await main());

async function main(): Promise<number> {
  const words = wordsHere();
  if (words === undefined) return help();
  const { names, json, write, page } = words;
  const all = names.includes("all");
  const chosen = figures.filter(({ name, quick }) => all || names.includes(name) || (names.length === 0 && quick));
  const known = new Set(["all", "budget", "pins", ...figures.map(({ name }) => name)]);
  if (names.some((name) => !known.has(name))) return help();

  let status = 0;
  if (names.includes("budget") || chosen.length > 0) {
    const { contestants, missing } = contestantsHere();
    const bench = { contestants, quick: !all };
    console.log(`${contestants.map(({ title }) => title).join("; ")}. The broker is ${brokerName()}.\n`);
    await makeCodeCache();
    if (names.includes("budget")) status = await budget(bench, missing, write);
    const measured: (Measured & { failed: boolean })[] = [];
    for (const figure of chosen) measured.push(await measureOne(figure, bench));
    if (measured.some(({ failed }) => failed === true)) status = 1;
    if (chosen.length > 0) {
      const report = reportOf(measured, missing);
      console.log(`\n${asText(report)}`);
      if (json !== undefined) writeFileSync(json, asJson(report));
      if (status === 0 && (all || page)) writePage(all ? report : renewed(report));
    }
  }
  if (all || names.includes("pins")) status ||= pins();
  return status;
}

/** A figure that cannot be measured does not stop the others. */
async function measureOne(figure: Figure, bench: Parameters<Figure["measure"]>[0]) {
  const begin = performance.now();
  process.stdout.write(`${figure.name}: ${figure.about} ... `);
  try {
    const measured = await figure.measure(bench);
    console.log(`${Math.round((performance.now() - begin) / 1000)} s`);
    return { ...measured, failed: false };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.log(`failed: ${reason}`);
    return { notes: [`${figure.name} could not be measured: ${reason}.`], failed: true };
  }
}

function pins(): number {
  const script = fileURLToPath(new URL("pins.ts", import.meta.url));
  return spawnSync(process.execPath, ["--import", "tsx", script], { stdio: "inherit" }).status ?? 1;
}

/** What stands on the command line. Undefined where it cannot be understood. */
function wordsHere() {
  try {
    const { values, positionals } = parseArgs({
      options: {
        json: { type: "string" },
        page: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    return { ...values, names: positionals, json: values.json };
  } catch {
    return undefined;
  }
}

function help(): number {
  console.error("npm run bench [-- all | budget [--write] | pins | FIGURE ...] [--json FILE] [--page]\n");
  for (const { name, about } of figures) console.error(`  ${name.padEnd(16)}${about}`);
  return 2;
}
