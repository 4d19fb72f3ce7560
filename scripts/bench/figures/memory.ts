import { chosen } from "../contestants/index.ts";
import { burst } from "../load/burst.ts";
import { listening } from "../load/listening.ts";
import { withJobs, withReady } from "../load/ready.ts";
import { withBroker } from "../machine/broker.ts";
import { pause } from "../machine/processes.ts";
import { type Memory, memoryOf } from "../machine/usage.ts";
import type { Row } from "../results/row.ts";
import { ByContestant, inTurns } from "./by-contestant.ts";
import type { Figure } from "./figure.ts";

const racers = ["agent", "echo-q1", "echo-q0", "c", "peer"] as const;

/** Memory with 100 devices while nothing happens. */
export const idleMemory: Figure = {
  name: "idle-memory",
  about: "memory with 100 devices while nothing happens",
  quick: true,
  measure({ contestants, quick }) {
    return withBroker(({ port }) => {
      // Whether the garbage collector has tidied up is chance: the median of several processes.
      const labels = quick ? ["idle-0"] : ["idle-0", "idle-1", "idle-2"];
      const jobs = labels.map((label) => ({ port, count: 100, what: "relays", qos: 1, label }) as const);
      return withJobs(chosen(contestants, racers), jobs, async (all) => {
        await pause(quick ? 15_000 : 45_000);
        const memories = new ByContestant<Memory>();
        for (const { contestant, pid } of all) memories.add(contestant.name, memoryOf(pid));
        const row = (id: string, what: string, of: keyof Memory, most: number): Row => ({
          id: `idle-${id}`,
          title: `idle, 100 devices: ${what}, MB`,
          decimals: 1,
          values: memories.medians((memory) => memory[of]),
          floor: "echo-q1",
          goal: { of: "value", most },
        });
        return { rows: [row("rss", "RSS", "rss", 50), row("private", "private", "own", 15)] };
      });
    });
  },
};

/** Memory 20 s after a burst, of a fresh process each time. */
export const memoryAfterBurst: Figure = {
  name: "after-burst",
  about: "memory 20 s after a burst of 20,000 commands",
  quick: false,
  async measure({ contestants }) {
    const rss = new ByContestant<number>();
    for (let round = 0; round < 3; round += 1) {
      const job = { count: 101, what: "relays", qos: 0, label: `after-burst-${round}` } as const;
      await withBroker(({ port }) =>
        withReady(chosen(contestants, racers), { ...job, port }, (all) =>
          listening(all, 0, async (line) => {
            await inTurns(all, 1, async (one) => void (await burst(line, one, 200, 0)));
            await pause(20_000);
            for (const { contestant, pid } of all) rss.add(contestant.name, memoryOf(pid).rss);
          }),
        ),
      );
    }
    return {
      rows: [
        {
          id: "after-burst-rss",
          title: "RSS 20 s after a burst of 20,000, MB",
          decimals: 1,
          values: rss.medians((value) => value),
          floor: "echo-q1",
          goal: { of: "value", most: 60 },
        },
      ],
    };
  },
};

/** Memory with 1000 devices while nothing happens. */
export const manyDevices: Figure = {
  name: "many-devices",
  about: "memory with 1000 devices while nothing happens",
  quick: false,
  measure({ contestants }) {
    const job = { count: 1000, what: "relays", qos: 1, label: "many" } as const;
    return withBroker(({ port }) =>
      withReady(chosen(contestants, ["agent", "echo-q1", "echo-q0", "c"]), { ...job, port }, async (all) => {
        // V8 gives back the memory of the start within 30 s.
        await pause(45_000);
        return {
          rows: [
            {
              id: "many-devices-rss",
              title: "1000 devices: RSS, MB",
              decimals: 1,
              values: Object.fromEntries(all.map(({ contestant, pid }) => [contestant.name, memoryOf(pid).rss])),
              floor: "echo-q1",
              goal: { of: "value", most: 70 },
            },
          ],
        };
      }),
    );
  },
};
