import { chosen } from "../contestants/index.ts";
import { listening } from "../load/listening.ts";
import { paced } from "../load/paced.ts";
import { withReady } from "../load/ready.ts";
import { withBroker } from "../machine/broker.ts";
import { ByContestant, inTurns } from "./by-contestant.ts";
import type { Figure } from "./figure.ts";

/** Commands of which at most 50 wait for their state. */
export const pacedCommands: Figure = {
  name: "paced",
  about: "commands of which at most 50 wait for their state",
  quick: true,
  measure({ contestants, quick }) {
    // The peer loses commands, and then a command waits for ever.
    const racers = chosen(contestants, ["agent", "echo-q1", "echo-q0", "c"]);
    const job = { count: 100, what: "relays", qos: 0, label: "paced" } as const;
    return withBroker(({ port }) =>
      withReady(racers, { ...job, port }, (all) =>
        listening(all, 0, async (line) => {
          const results = new ByContestant<{ cpuMsPer1000: number; perSecond: number }>();
          await inTurns(all, quick ? 4 : 8, async (one, round) => {
            const result = await paced(line, one, round === 0 ? 2_000 : 20_000, 50, 0);
            // The first round warms up.
            if (round > 0) results.add(one.contestant.name, result);
          });
          return {
            rows: [
              {
                id: "paced-cpu",
                title: "CPU per 1000 commands paced (50 wait), QoS 0, ms",
                decimals: 1,
                values: results.medians(({ cpuMsPer1000 }) => cpuMsPer1000),
                floor: "echo-q1",
                goal: { of: "ratio", most: 1.1 },
              },
              {
                id: "paced",
                title: "20,000 commands paced (50 wait), QoS 0, k/s",
                decimals: 1,
                values: results.medians(({ perSecond }) => perSecond / 1000),
                floor: "echo-q1",
              },
            ],
          };
        }),
      ),
    );
  },
};
