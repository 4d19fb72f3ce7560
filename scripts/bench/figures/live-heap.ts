import { agent } from "../contestants/agent.ts";
import { listening } from "../load/listening.ts";
import { paced } from "../load/paced.ts";
import { withReady } from "../load/ready.ts";
import { withBroker } from "../machine/broker.ts";
import { askable, liveHeap } from "../machine/live-heap.ts";
import { pause } from "../machine/processes.ts";
import type { Figure } from "./figure.ts";

const mega = 2 ** 20;

/** What is alive after a million commands, against what was alive after a tenth of them. */
export const longRun: Figure = {
  name: "long-run",
  about: "live heap after 1,000,000 commands",
  quick: false,
  async measure() {
    const [few, many] = [100_000, 1_000_000];
    const [early = 0, late = 0] = await heapsAfter([few, many]);
    const after = (id: string, count: number, bytes: number) => ({
      id,
      title: `live heap after ${count.toLocaleString("en")} commands, MB`,
      decimals: 1,
      values: { agent: bytes / mega },
    });
    return {
      rows: [
        after("long-run-early", few, early),
        after("long-run-late", many, late),
        {
          id: "long-run",
          title: "the second divided by the first",
          decimals: 3,
          values: { agent: late / early },
          goal: { of: "value", most: 1.02 },
        },
      ],
    };
  },
};

/** What one more device, and one more command, leaves alive. */
export const heapPerPart: Figure = {
  name: "heap-per-part",
  about: "live heap per device and per command",
  quick: true,
  async measure() {
    const [few, many, [early = 0, late = 0]] = await Promise.all([
      heapWith(10),
      heapWith(510),
      heapsAfter([50_000, 150_000]),
    ]);
    return {
      rows: [
        {
          id: "heap-per-device",
          title: "live heap per device, KB",
          decimals: 2,
          values: { agent: (many - few) / 500 / 1024 },
        },
        {
          id: "heap-per-command",
          title: "live heap that a command leaves, bytes",
          decimals: 2,
          values: { agent: (late - early) / 100_000 },
        },
      ],
    };
  },
};

function heapWith(count: number): Promise<number> {
  const job = { ...askable, count, what: "relays", qos: 1, label: `heap-${count}` } as const;
  return withBroker(({ port }) =>
    withReady([agent], { ...job, port }, async ([one]) => {
      await pause(3_000);
      return one === undefined ? Number.NaN : liveHeap(one.child);
    }),
  );
}

/** The live heap of one process after each of these numbers of commands. */
function heapsAfter(counts: readonly number[]): Promise<readonly number[]> {
  const job = { ...askable, count: 100, what: "relays", qos: 0, label: "heaps" } as const;
  return withBroker(({ port }) =>
    withReady([agent], { ...job, port }, (all) =>
      listening(all, 0, async (line) => {
        const [one] = all;
        const heaps: number[] = [];
        let sent = 0;
        for (const count of counts) {
          if (one === undefined) break;
          await paced(line, one, count - sent, 50, 0);
          sent = count;
          heaps.push(await liveHeap(one.child));
        }
        return heaps;
      }),
    ),
  );
}
