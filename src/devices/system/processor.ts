import { UserError } from "../../core/errors.ts";
import type { Files } from "../../core/machine/files.ts";
import { around } from "../../core/simulation/pretend.ts";
import { percent, type Source } from "./source.ts";

const file = "/proc/stat";

/** The first reading needs this much time since the start, in milliseconds, because use is something between two moments. */
const shortestMs = 500;

/** How long the processors have worked since the boot, and how long they were there, in ticks. */
interface Ticks {
  readonly busy: number;
  readonly total: number;
}

/** How much the processors had to do since the reading before. */
export const processor: Source<"processor_use"> = {
  offered: { processor_use: { name: "Processor use", ...percent, simulated: around(12, 8, 90_000) } },
  open({ files, clock }) {
    const startedMs = clock.monotonicMs();
    const atStart = readTicks(files).catch(() => undefined);
    let before: Ticks | undefined;
    return async () => {
      before ??= await atStart;
      const tooEarlyMs = startedMs + shortestMs - clock.monotonicMs();
      if (tooEarlyMs > 0) await new Promise<void>((resolve) => void clock.after(tooEarlyMs, resolve));
      const now = await readTicks(files);
      const since = before !== undefined && now.total > before.total ? before : { busy: 0, total: 0 };
      before = now;
      // The time of waiting for disks can go back (Documentation/filesystems/proc.rst).
      const share = (now.busy - since.busy) / (now.total - since.total);
      return { processor_use: 100 * Math.min(Math.max(share, 0), 1) };
    };
  },
  files: ({ processor_use: use }) => ({
    [file]: `cpu  ${Math.round(use * 100)} 0 0 ${Math.round((100 - use) * 100)} 0 0 0 0 0 0\n`,
  }),
};

/** The first line is all processors: user, nice, system, idle, iowait, irq, softirq, steal, and guests, which are in user already. */
async function readTicks(files: Files): Promise<Ticks> {
  const [line = ""] = (await files.readText(file)).split("\n");
  const [word, ...ticks] = line.trim().split(/\s+/);
  const times = ticks.slice(0, 8).map(Number);
  const [, , , idle = Number.NaN, waiting = 0] = times;
  const total = times.reduce((sum, time) => sum + time, 0);
  if (word !== "cpu" || Number.isNaN(total - idle)) throw new UserError(`${file} does not say what the processors do`);
  return { busy: total - idle - waiting, total };
}
