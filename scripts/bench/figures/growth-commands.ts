import { agent } from "../contestants/agent.ts";
import { echoQ1 } from "../contestants/echoes.ts";
import { atRate } from "../load/at-rate.ts";
import { listening } from "../load/listening.ts";
import { paced } from "../load/paced.ts";
import { withReady } from "../load/ready.ts";
import { withBroker } from "../machine/broker.ts";
import type { Figure } from "./figure.ts";

const rates = [10, 100, 1_000, 3_000, 6_000, 10_000];
const ms = 8_000;

/** The processor time of 10 to 10,000 commands a second. */
export const growthOfCommands: Figure = {
  name: "growth-commands",
  about: "processor time of 10 to 10,000 commands a second",
  quick: false,
  measure: () =>
    withBroker(({ port }) =>
      withReady([agent, echoQ1], { port, count: 100, what: "relays", qos: 0, label: "rates" }, (all) =>
        listening(all, 0, async (line) => {
          const costs = new Map(all.map((one) => [one, [] as number[]]));
          // The first commands warm up.
          for (const one of all) await paced(line, one, 20_000, 50, 0);
          for (const rate of rates) for (const [one, list] of costs) list.push(await atRate(line, one, rate, ms, 0));
          const series = [...costs].map(([{ contestant }, list]) => ({ title: contestant.title, costs: list }));
          const across = "commands a second";
          return {
            growths: [
              { id: "commands-cpu", title: "Processor time", across, unit: "% of one processor", at: rates, series },
            ],
          };
        }),
      ),
    ),
};
