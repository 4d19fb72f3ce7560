import { agent } from "../contestants/agent.ts";
import { echoQ0 } from "../contestants/echoes.ts";
import { type Ready, withJobs } from "../load/ready.ts";
import { withBroker } from "../machine/broker.ts";
import { memoryOf } from "../machine/usage.ts";
import type { Figure } from "./figure.ts";
import { usedDuring } from "./sensors.ts";

const counts = [1, 10, 20, 50, 100, 200];
const ms = 40_000;

/** Agents with 1 to 200 sensors that are read and published each second, all at the same time. */
export const growthOfSensors: Figure = {
  name: "growth-sensors",
  about: "processor time and memory with 1 to 200 sensors at 1 s",
  quick: false,
  measure: () =>
    withBroker(({ port }) => {
      const jobs = counts.map((count) => ({ port, count, what: "sensors", qos: 0, label: `of-${count}` }) as const);
      return withJobs([agent, echoQ0], jobs, async (all) => {
        const used = await usedDuring(ms, all);
        const costs = (name: string, of: (one: Ready) => number) =>
          all.filter(({ contestant }) => contestant.name === name).map(of);
        const cpu = (one: Ready) => ((used.get(one)?.cpuMs ?? Number.NaN) * 100) / ms;
        const series = [agent, echoQ0].map(({ name, title }) => ({ title, costs: costs(name, cpu) }));
        const rss = [{ title: agent.title, costs: costs("agent", ({ pid }) => memoryOf(pid).rss) }];
        const base = { across: "sensors at 1 s", at: counts };
        return {
          growths: [
            { ...base, id: "sensors-cpu", title: "Processor time", unit: "% of one processor", series },
            { ...base, id: "sensors-rss", title: "RSS", unit: "MB", series: rss },
          ],
        };
      });
    }),
};
