import { around } from "../../core/simulation/pretend.ts";
import type { Source } from "./source.ts";

const file = "/proc/loadavg";
const load = { digits: 2, range: [0, 10_000] } as const;

/** How many programs want to run or wait for a disk, as means of 1, 5 and 15 minutes. */
export const loads: Source<"load_1m" | "load_5m" | "load_15m"> = {
  offered: {
    load_1m: { name: "Load (1 min)", ...load, simulated: around(0.4, 0.3, 120_000) },
    load_5m: { name: "Load (5 min)", ...load, simulated: around(0.4, 0.2, 300_000) },
    load_15m: { name: "Load (15 min)", ...load, simulated: around(0.4, 0.1, 900_000) },
  },
  open:
    ({ files }) =>
    async () => {
      const [one, five, fifteen] = (await files.readText(file)).trim().split(/\s+/).map(Number);
      return { load_1m: one ?? Number.NaN, load_5m: five ?? Number.NaN, load_15m: fifteen ?? Number.NaN };
    },
  files: ({ load_1m: one, load_5m: five, load_15m: fifteen }) => ({
    [file]: `${[one, five, fifteen].map((value) => value.toFixed(2)).join(" ")} 1/180 4211\n`,
  }),
};
