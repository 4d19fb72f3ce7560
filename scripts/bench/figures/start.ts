import type { Contestant } from "../contestants/contestant.ts";
import { chosen } from "../contestants/index.ts";
import { ready } from "../load/ready.ts";
import { withBroker } from "../machine/broker.ts";
import { end } from "../machine/processes.ts";
import type { Row } from "../results/row.ts";
import { ByContestant } from "./by-contestant.ts";
import type { Figure } from "./figure.ts";

/** The goals, by the number of devices. */
const goals: Readonly<Record<number, number>> = { 10: 0.8, 100: 0.9, 500: 1.2 };

/** From the start of the process until it says that it is ready. */
export const starts: Figure = {
  name: "start",
  about: "from the start of the process to online",
  quick: true,
  async measure({ contestants, quick }) {
    const racers = chosen(contestants, ["agent", "echo-q1", "echo-q0", "c", "peer"]);
    const times = await startTimes(racers, Object.keys(goals).map(Number), quick ? 7 : 15);
    const rows = [...times].flatMap(([count, found]): Row[] => [
      {
        id: `start-${count}`,
        title: `start to online, ${count} devices, ms`,
        decimals: 0,
        values: found.medians(({ ms }) => ms),
        floor: "echo-q0",
        goal: { of: "ratio", most: goals[count] ?? 0 },
      },
      {
        id: `start-${count}-cpu`,
        title: `CPU until online, ${count} devices, ms`,
        decimals: 0,
        values: found.medians(({ cpuMs }) => cpuMs),
        floor: "echo-q0",
      },
    ]);
    return { rows };
  },
};

/** What a start took. */
export interface Start {
  readonly ms: number;
  readonly cpuMs: number;
}

/**
 * Starts each contestant with each number of devices once in each round, so that all see the same machine. Each has a broker that has not
 * heard of it yet. By the numbers of devices.
 */
export async function startTimes(
  contestants: readonly Contestant[],
  counts: readonly number[],
  rounds: number,
): Promise<ReadonlyMap<number, ByContestant<Start>>> {
  const times = new Map(counts.map((count) => [count, new ByContestant<Start>()]));
  for (let round = 0; round < rounds; round += 1)
    for (const [count, found] of times)
      for (const contestant of contestants) {
        // A peer of some seconds is not worth the whole number of rounds.
        if (contestant.name === "peer" && round > 1) continue;
        await withBroker(async ({ port }) => {
          const job = { port, count, what: "relays", qos: 0, label: `start-${count}` } as const;
          const one = await ready(contestant, job);
          if (one === undefined) return;
          found.add(contestant.name, one);
          await end(one.child);
        });
      }
  return times;
}
