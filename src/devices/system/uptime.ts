import { around } from "../../core/simulation/pretend.ts";
import type { Source } from "./source.ts";

const file = "/proc/uptime";
const secondsOfDay = 86_400;

/** How long the machine is on. In days, so that Home Assistant does not store a new value with each reading. */
export const uptime: Source<"uptime"> = {
  offered: {
    uptime: {
      unit: "d",
      device_class: "duration",
      digits: 2,
      range: [0, 100_000],
      simulated: around(3.2, 0, 3_600_000),
    },
  },
  open:
    ({ files }) =>
    async () => ({ uptime: Number((await files.readText(file)).split(" ")[0] || Number.NaN) / secondsOfDay }),
  files: ({ uptime: days }) => ({ [file]: `${(days * secondsOfDay).toFixed(2)} 0.00\n` }),
};
