import { chosen } from "../contestants/index.ts";
import type { Qos } from "../load/line.ts";
import { listening } from "../load/listening.ts";
import { percentile } from "../load/numbers.ts";
import { withReady } from "../load/ready.ts";
import { roundTrips } from "../load/round-trips.ts";
import { withBroker } from "../machine/broker.ts";
import type { Row } from "../results/row.ts";
import { ByContestant, inTurns } from "./by-contestant.ts";
import type { Bench, Figure } from "./figure.ts";

/** From a command to its state, one after the other. */
export const latency: Figure = {
  name: "latency",
  about: "from a command to its state, one after the other",
  quick: true,
  async measure(bench) {
    return { rows: [...(await rowsAt(bench, 0)), ...(await rowsAt(bench, 1))] };
  },
};

function rowsAt({ contestants, quick }: Bench, qos: Qos): Promise<readonly Row[]> {
  const rounds = quick ? 16 : 40;
  const racers = chosen(contestants, ["agent", "echo-q1", "echo-q0", "c", "peer"]);
  return withBroker(({ port }) =>
    withReady(racers, { port, count: 1, what: "relays", qos, label: `latency-${qos}` }, (all) =>
      listening(all, qos, async (line) => {
        const times = new ByContestant<number>();
        await inTurns(all, rounds + 4, async (one, round) => {
          // At 44 ms per command, as a peer may need, a hundred would take too long.
          const some = one.contestant.name === "peer" ? 20 : 100;
          const taken = await roundTrips(line, one, some, qos);
          // The first rounds warm up.
          if (round >= 4) times.add(one.contestant.name, ...taken);
        });
        const row = (share: number) => ({
          id: `latency-qos${qos}-p${share * 100}`,
          title: `command to state, QoS ${qos}, p${share * 100}, ms`,
          decimals: 3,
          values: times.each((list) => percentile(list, share)),
          floor: "echo-q1" as const,
        });
        return [{ ...row(0.5), goal: { of: "ratio", most: 1.1 } }, row(0.95), row(0.99)];
      }),
    ),
  );
}
