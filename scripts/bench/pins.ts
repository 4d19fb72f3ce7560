/**
 * Measures what a pin costs, on a simulated chip in the kernel lab (test/kernel/lab/boot.sh), which this script starts by itself. It
 * compares each backend with the bare system call, counts the edges per second, and measures the memory that koffi uses.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, openSync, writeSync } from "node:fs";
import { release, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GpioBackend, OutputLine } from "../../src/core/hardware/gpio.ts";
import { gpiochip } from "../../src/gpio/gpiochip.ts";
import { onoff } from "../../src/gpio/onoff.ts";
import { driveEdges } from "../../test/kernel/edges.ts";
import { SimulatedChip } from "../../test/kernel/gpio-sim.ts";
import { pinsThrough } from "../../test/kernel/ports.ts";

const writes = 20_000;
const rounds = 5;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
if (!release().endsWith("-pi2mqtt")) process.exit(inTheLab());

const chip = new SimulatedChip({ label: "pinctrl-bcm2711" });
const rows: { measured: string; floor: string; pi2mqtt: string; ratio: string; limit: string }[] = [];
let failed = false;

/** Runs this script in the lab's guest. If the lab cannot run here, it says why; that is not a failure. */
function inTheLab(): number {
  const words = [process.execPath, "--import", "tsx", fileURLToPath(import.meta.url)];
  const { status } = spawnSync(path("../../test/kernel/lab/boot.sh"), words, { stdio: "inherit", cwd: path("../..") });
  return status === 77 ? 0 : (status ?? 1);
}

/** Nanoseconds per call of the task. The task gets 0 and 1 in turn. */
function timed(task: (level: 0 | 1) => void): number {
  const begin = performance.now();
  for (let count = 0; count < writes; count += 1) task((count % 2) as 0 | 1);
  return ((performance.now() - begin) * 1e6) / writes;
}

function compare(measured: string, floor: () => number, ours: () => number, limit: number): void {
  const floors: number[] = [];
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const pair = [floor(), ours()] as const;
    // The first round warms up.
    if (round === 0) continue;
    floors.push(pair[0]);
    times.push(pair[1]);
  }
  const ratio = median(times) / median(floors);
  failed ||= ratio > limit;
  rows.push({
    measured,
    floor: `${Math.round(median(floors))} ns`,
    pi2mqtt: `${Math.round(median(times))} ns`,
    ratio: ratio.toFixed(2),
    limit: `${limit}`,
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function output(backend: GpioBackend, pin: number): Promise<OutputLine> {
  return pinsThrough(backend).output(pin, { initial: 0, keep: false });
}

async function compareWrites(): Promise<void> {
  const program = join(mkdtempSync(join(tmpdir(), "pi2mqtt-bench-")), "bare-ioctl");
  execFileSync("gcc", ["-O2", "-o", program, path("floors/bare-ioctl.c")]);
  const bareIoctl = () =>
    Number(execFileSync(program, [`/dev/${chip.name}`, "18", String(writes)], { encoding: "utf8" }));
  const throughGpiochip = await output(gpiochip, 17);
  compare("write through gpiochip, against the bare ioctl in C", bareIoctl, () => timed(throughGpiochip.write), 2);

  const throughOnoff = await output(onoff, 22);
  chip.exportLine(23);
  writeSync(openSync(`/sys/class/gpio/gpio${chip.base + 23}/direction`, "w"), "low");
  const value = openSync(`/sys/class/gpio/gpio${chip.base + 23}/value`, "w");
  const levels = [Buffer.from("0"), Buffer.from("1")] as const;
  const bareWrite = () => timed((level) => writeSync(value, levels[level], 0, 1, 0));
  compare("write through onoff, against the bare write to its file", bareWrite, () => timed(throughOnoff.write), 3);
}

async function countEdges(backend: GpioBackend, pin: number): Promise<void> {
  const wanted = 10_000;
  let told = 0;
  await pinsThrough(backend).input(pin, {
    pull: "none",
    debounceMs: 0,
    onEdge: () => {
      told += 1;
    },
    onError: (error) => {
      throw error;
    },
  });
  const keptUp = () => new Promise((resolve) => setTimeout(resolve, 5));
  const perSecond = await driveEdges(chip, pin, wanted, keptUp);
  await new Promise((resolve) => setTimeout(resolve, 200));
  rows.push({
    measured: `edges through ${backend.name}`,
    floor: `${perSecond} made per second`,
    pi2mqtt: `${told} of ${wanted} told`,
    ratio: (told / wanted).toFixed(2),
    limit: "",
  });
}

/** Resident memory of a Node.js process, in MiB, with koffi and without. */
function compareMemory(): void {
  const megabytes = (load: string) => {
    const code = `${load}; console.log(process.memoryUsage().rss / 2 ** 20)`;
    const runs = Array.from({ length: rounds }, () =>
      Number(execFileSync(process.execPath, ["-e", code], { encoding: "utf8", cwd: path("../..") })),
    );
    return median(runs);
  };
  const [bare, loaded] = [megabytes(""), megabytes('require("koffi").load(null).func("int close(int file)")')];
  rows.push({
    measured: "memory with koffi",
    floor: `${bare.toFixed(1)} MiB`,
    pi2mqtt: `${loaded.toFixed(1)} MiB`,
    ratio: (loaded / bare).toFixed(2),
    limit: "",
  });
}

await compareWrites();
await countEdges(gpiochip, 5);
await countEdges(onoff, 6);
compareMemory();
console.table(rows);
process.exit(failed ? 1 : 0);
