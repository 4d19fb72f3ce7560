import { agent } from "../contestants/agent.ts";
import { median } from "../load/numbers.ts";
import { withJobs } from "../load/ready.ts";
import { withBroker } from "../machine/broker.ts";
import { end, pause, start } from "../machine/processes.ts";
import { memoryOf } from "../machine/usage.ts";
import type { Figure } from "./figure.ts";

/** Private memory with ten devices, against a Node.js that does nothing. With so few the garbage collector is no matter of chance. */
export const smallMemory: Figure = {
  name: "small-memory",
  about: "private memory with 10 devices against a bare Node.js",
  quick: false,
  measure: () =>
    withBroker(({ port }) => {
      const labels = ["small-0", "small-1", "small-2"];
      const jobs = labels.map((label) => ({ port, count: 10, what: "relays", qos: 1, label }) as const);
      return withJobs([agent], jobs, async (all) => {
        const bare = labels.map(() => start(process.execPath, ["-e", "setInterval(() => {}, 1e6)"]));
        await pause(15_000);
        const own = (pids: readonly (number | undefined)[]) => median(pids.map((pid) => memoryOf(pid ?? 0).own));
        const [ours, theirs] = [own(all.map(({ pid }) => pid)), own(bare.map(({ pid }) => pid))];
        await Promise.all(bare.map((child) => end(child)));
        return {
          rows: [
            { id: "small-private", title: "idle, 10 devices: private, MB", decimals: 1, values: { agent: ours } },
            {
              id: "small-private-bare",
              title: "the same, divided by that of a bare Node.js",
              decimals: 2,
              values: { agent: ours / theirs },
            },
          ],
        };
      });
    }),
};
