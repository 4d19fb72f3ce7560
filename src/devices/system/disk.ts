import { UserError } from "../../core/errors.ts";
import { around } from "../../core/simulation/pretend.ts";
import { percent, type Source, wholeOf } from "./source.ts";

const gib = 2 ** 30;

/** The room of one disk, as the program df shows it: what is kept for root counts neither as used nor as free. */
export const disk: Source<"disk_use_percent" | "disk_free"> = {
  offered: {
    disk_use_percent: { name: "Disk use", ...percent, simulated: around(41, 1, 3_600_000) },
    disk_free: {
      name: "Free disk space",
      unit: "GiB",
      device_class: "data_size",
      digits: 1,
      range: [0, 1e9],
      simulated: around(16.4, 0.3, 3_600_000),
    },
  },
  open:
    ({ files }, { disk: path }) =>
    async () => {
      const { total, free, available } = await files.space(path).catch((cause) => {
        throw new UserError(`the room on ${path} cannot be seen`, { cause });
      });
      const used = total - free;
      return { disk_use_percent: (100 * used) / (used + available), disk_free: available / gib };
    },
  spaces({ disk_use_percent: use, disk_free: gibFree }, { disk: path }) {
    const available = gibFree * gib;
    return { [path]: { total: wholeOf(available, use), free: available, available } };
  },
};
