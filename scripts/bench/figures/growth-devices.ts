import { agent } from "../contestants/agent.ts";
import { chosen } from "../contestants/index.ts";
import { withJobs } from "../load/ready.ts";
import { withBroker } from "../machine/broker.ts";
import { askable, liveHeap } from "../machine/live-heap.ts";
import { pause } from "../machine/processes.ts";
import { memoryOf } from "../machine/usage.ts";
import type { Growth } from "../results/growth.ts";
import type { Bench, Figure } from "./figure.ts";
import { type Start, startTimes } from "./start.ts";

const counts = [10, 20, 50, 100, 200, 500, 1000];

/** Memory and start of agents with 10 to 1000 devices. */
export const growthOfDevices: Figure = {
  name: "growth-devices",
  about: "memory and start with 10 to 1000 devices",
  quick: false,
  async measure(bench) {
    return { growths: [...(await memories()), ...(await startGrowths(bench))] };
  },
};

function growth(id: string, title: string, unit: string, series: Growth["series"]): Growth {
  return { id: `devices-${id}`, title, across: "devices", unit, at: counts, series };
}

/** All agents at the same time. */
function memories(): Promise<readonly Growth[]> {
  return withBroker(async ({ port }) => {
    const jobs = counts.map(
      (count) => ({ ...askable, port, count, what: "relays", qos: 1, label: `of-${count}` }) as const,
    );
    const measured = await withJobs([agent], jobs, async (all) => {
      await pause(45_000);
      const memory = all.map(({ pid }) => memoryOf(pid));
      const heaps: number[] = [];
      for (const { child } of all) heaps.push(await liveHeap(child));
      return { memory, heaps };
    });
    const costs = (of: (index: number) => number) => [
      { title: "pi2mqtt", costs: counts.map((_one, index) => of(index)) },
    ];
    return [
      growth(
        "rss",
        "RSS while nothing happens",
        "MB",
        costs((index) => measured.memory[index]?.rss ?? Number.NaN),
      ),
      growth(
        "private",
        "Private memory while nothing happens",
        "MB",
        costs((index) => measured.memory[index]?.own ?? Number.NaN),
      ),
      growth(
        "heap",
        "Live heap",
        "MB",
        costs((index) => (measured.heaps[index] ?? Number.NaN) / 2 ** 20),
      ),
    ];
  });
}

async function startGrowths({ contestants }: Bench): Promise<readonly Growth[]> {
  const racers = chosen(contestants, ["agent", "echo-q0"]);
  const times = await startTimes(racers, counts, 9);
  const series = (of: (start: Start) => number) =>
    racers.map(({ name, title }) => ({
      title,
      costs: counts.map((count) => times.get(count)?.medians(of)[name] ?? Number.NaN),
    }));
  return [
    growth(
      "start",
      "Start to online",
      "ms",
      series(({ ms }) => ms),
    ),
    growth(
      "start-cpu",
      "Processor time until online",
      "ms",
      series(({ cpuMs }) => cpuMs),
    ),
  ];
}
