import { chosen } from "../contestants/index.ts";
import { type Burst, burst } from "../load/burst.ts";
import type { Qos } from "../load/line.ts";
import { listening } from "../load/listening.ts";
import { withReady } from "../load/ready.ts";
import { withBroker } from "../machine/broker.ts";
import type { Row } from "../results/row.ts";
import { ByContestant, inTurns } from "./by-contestant.ts";
import type { Bench, Figure } from "./figure.ts";

/** 20,000 commands at once on 100 devices. */
export const bursts: Figure = {
  name: "burst",
  about: "20,000 commands at once on 100 devices",
  quick: true,
  async measure(bench) {
    return { rows: [...(await rowsAt(bench, 0)), ...(await rowsAt(bench, 1))] };
  },
};

function rowsAt({ contestants, quick }: Bench, qos: Qos): Promise<readonly Row[]> {
  const racers = chosen(contestants, ["agent", "echo-q1", "echo-q0", "c", "peer"]);
  const job = { count: 101, what: "relays", qos, label: `burst-${qos}` } as const;
  return withBroker(({ port }) =>
    withReady(racers, { ...job, port }, (all) =>
      listening(all, qos, async (line) => {
        const results = new ByContestant<Burst>();
        await inTurns(all, quick ? 4 : 8, async (one, round) => {
          // The peer needs seven seconds for a burst and as much processor time for each of them.
          if (one.contestant.name === "peer" && round > 1) return;
          const result = await burst(line, one, round === 0 ? 20 : 200, qos);
          // The first round warms up.
          if (round > 0) results.add(one.contestant.name, result);
        });
        return rowsOf(results, qos);
      }),
    ),
  );
}

function rowsOf(results: ByContestant<Burst>, qos: Qos): readonly Row[] {
  const floor = "echo-q1";
  const worst = (of: (one: Burst) => number) => results.each((list) => Math.max(...list.map(of)));
  return [
    {
      id: `burst-qos${qos}`,
      title: `20,000 commands at once, 100 devices, QoS ${qos}, k/s`,
      decimals: 1,
      values: results.medians(({ perSecond }) => perSecond / 1000),
      floor,
      goal: { of: "ratio", least: 0.85 },
    },
    {
      id: `burst-qos${qos}-states`,
      title: `states said per 1000 commands at once, QoS ${qos}`,
      decimals: 0,
      values: results.medians(({ statesPer1000 }) => statesPer1000),
    },
    {
      id: `burst-qos${qos}-wrong`,
      title: `devices with a wrong last state after it, QoS ${qos}`,
      decimals: 0,
      values: worst(({ wrong }) => wrong),
      goal: { of: "value", most: 0 },
    },
    {
      id: `burst-qos${qos}-out-of-order`,
      title: `devices with states out of order, QoS ${qos}`,
      decimals: 0,
      values: worst(({ outOfOrder }) => outOfOrder),
      goal: { of: "value", most: 0 },
    },
    {
      id: `burst-qos${qos}-cpu`,
      title: `CPU per 1000 commands at once, QoS ${qos}, ms`,
      decimals: 1,
      values: results.medians(({ cpuMsPer1000 }) => cpuMsPer1000),
      floor,
      goal: { of: "ratio", most: 1.1 },
    },
  ];
}
