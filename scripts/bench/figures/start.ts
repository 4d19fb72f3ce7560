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
    const rows: Row[] = [];
    for (const [count, most] of Object.entries(goals)) {
      const values = (await startTimes(racers, Number(count), quick ? 7 : 15)).medians((ms) => ms);
      rows.push({
        id: `start-${count}`,
        title: `start to online, ${count} devices, ms`,
        decimals: 0,
        values,
        floor: "echo-q0",
        goal: { of: "ratio", most },
      });
    }
    return { rows };
  },
};

/** Starts each contestant once in each round. Each has a broker that has not heard of it yet. */
export async function startTimes(
  contestants: readonly Contestant[],
  count: number,
  rounds: number,
): Promise<ByContestant<number>> {
  const times = new ByContestant<number>();
  for (let round = 0; round < rounds; round += 1)
    for (const contestant of contestants) {
      // A peer of some seconds is not worth the whole number of rounds.
      if (contestant.name === "peer" && round > 1) continue;
      await withBroker(async ({ port }) => {
        const job = { port, count, what: "relays", qos: 0, label: `start-${count}` } as const;
        const one = await ready(contestant, job);
        if (one === undefined) return;
        times.add(contestant.name, one.ms);
        await end(one.child);
      });
    }
  return times;
}
