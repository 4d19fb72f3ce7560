import { chosen } from "../contestants/index.ts";
import { Line } from "../load/line.ts";
import { type Ready, withReady } from "../load/ready.ts";
import { withBroker } from "../machine/broker.ts";
import { pause } from "../machine/processes.ts";
import { since, type Used, usedSoFar } from "../machine/usage.ts";
import type { Figure } from "./figure.ts";

/** The first readings are over after this. */
const settlingMs = 5_000;

/** The processor time of 20 sensors that are read and published each second. All run at the same time, so that all see the same machine. */
export const idleSensors: Figure = {
  name: "sensors",
  about: "processor time of 20 sensors at 1 s",
  quick: true,
  measure({ contestants, quick }) {
    const job = { count: 20, what: "sensors", qos: 0 } as const;
    const ms = quick ? 20_000 : 60_000;
    const together = chosen(contestants, ["agent", "echo-q0", "c"]);
    const phased = chosen(contestants, ["echo-q0", "echo-q1"]);
    return withBroker(({ port }) =>
      withReady(together, { ...job, port, label: "together" }, (first) =>
        withReady(phased, { ...job, port, label: "phased", phased: true }, async (second) => {
          const used = await usedDuring(ms, [...first, ...second]);
          const percent = (all: readonly Ready[]) =>
            Object.fromEntries(all.map((one) => [one.contestant.name, ((used.get(one)?.cpuMs ?? 0) * 100) / ms]));
          const wakeUps = first.map((one) => [one.contestant.name, ((used.get(one)?.wakeUps ?? 0) * 1000) / ms]);
          const ours = percent(first)["agent"];
          return {
            rows: [
              {
                id: "sensors-cpu",
                title: "idle CPU, 20 sensors at 1 s, %; echo with all timers together",
                decimals: 2,
                values: percent(first),
                floor: "echo-q0",
                goal: { of: "value", most: 0.35 },
              },
              {
                id: "sensors-cpu-phased",
                title: "the same; echo with a phase for each sensor",
                decimals: 2,
                values: { ...percent(second), ...(ours === undefined ? {} : { agent: ours }) },
                floor: "echo-q1",
              },
              {
                id: "sensors-wake-ups",
                title: "wake-ups per second, 20 sensors at 1 s",
                decimals: 1,
                values: Object.fromEntries(wakeUps),
                floor: "echo-q0",
              },
            ],
          };
        }),
      ),
    );
  },
};

/**
 * What each process uses in this time, after its first readings. Rejects where one of them publishes less or more than a reading of each
 * sensor in each second: the figure would mean something else.
 */
export async function usedDuring(ms: number, all: readonly Ready[]): Promise<ReadonlyMap<Ready, Used>> {
  const line = await Line.open(all[0]?.job.port ?? 0);
  const readings = new Map<string, number>();
  line.heard = (topic) => {
    const sender = topic.slice(0, topic.lastIndexOf("/"));
    readings.set(sender, (readings.get(sender) ?? 0) + 1);
  };
  await pause(settlingMs);
  await line.subscribe(["bench/+/+/+"], 0);
  await pause(100);
  readings.clear();
  const before = all.map(({ pid }) => usedSoFar(pid));
  await pause(ms);
  const used = new Map(all.map((one, index) => [one, since(before[index] as Used, usedSoFar(one.pid))]));
  line.close();
  for (const { contestant, job } of all) {
    const wanted = (job.count * ms) / 1000;
    const said = readings.get(`bench/${job.label}/${contestant.name}`) ?? 0;
    if (Math.abs(said - wanted) > 0.05 * wanted + job.count)
      throw new Error(`${contestant.name} published ${said} readings and not about ${wanted}`);
  }
  return used;
}
