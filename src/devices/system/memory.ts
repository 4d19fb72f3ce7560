import { NoValue } from "../../core/sensor/no-value.ts";
import { around } from "../../core/simulation/pretend.ts";
import { percent, type Source, wholeOf } from "./source.ts";

const file = "/proc/meminfo";
/** The simulated swap, in KiB. */
const swapKib = 524_288;

/** Memory and swap. What is available includes what the kernel gives back at once, such as copies of files. */
export const memory: Source<"memory_use_percent" | "memory_free" | "swap_use_percent"> = {
  offered: {
    memory_use_percent: { name: "Memory use", ...percent, simulated: around(38, 6, 400_000) },
    memory_free: {
      name: "Free memory",
      unit: "MiB",
      device_class: "data_size",
      digits: 0,
      range: [0, 1e9],
      simulated: around(1180, 90, 400_000),
    },
    swap_use_percent: { name: "Swap use", ...percent, simulated: around(3, 1, 600_000) },
  },
  open:
    ({ files }) =>
    async () => {
      const text = await files.readText(file);
      const kib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text)?.[1] ?? Number.NaN);
      const swap = kib("SwapTotal");
      return {
        memory_use_percent: 100 * (1 - kib("MemAvailable") / kib("MemTotal")),
        memory_free: kib("MemAvailable") / 1024,
        swap_use_percent: swap === 0 ? new NoValue("this machine has no swap") : 100 * (1 - kib("SwapFree") / swap),
      };
    },
  files({ memory_use_percent: use, memory_free: free, swap_use_percent: swapUse }) {
    const lines = {
      MemTotal: wholeOf(free * 1024, use),
      MemAvailable: free * 1024,
      SwapTotal: swapKib,
      SwapFree: swapKib * (1 - swapUse / 100),
    };
    const written = Object.entries(lines).map(([name, kib]) => `${name}: ${Math.round(kib)} kB\n`);
    return { [file]: written.join("") };
  },
};
