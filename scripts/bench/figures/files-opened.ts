import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chosen } from "../contestants/index.ts";
import { withReady } from "../load/ready.ts";
import { withBroker } from "../machine/broker.ts";
import { folder } from "../machine/processes.ts";
import { openedFiles } from "../results/opened-files.ts";
import type { Figure } from "./figure.ts";

/** How many files are opened until online. On an SD card each costs time. */
export const filesOpened: Figure = {
  name: "files",
  about: "files opened until online",
  quick: true,
  async measure({ contestants }) {
    if (spawnSync("strace", ["-o", "/dev/null", "true"]).status !== 0)
      return { notes: ["strace is not installed or may not trace, so the files that are opened are not counted."] };
    const values: Record<string, number> = {};
    for (const contestant of chosen(contestants, ["agent", "echo-q1"])) {
      const file = join(folder, `${contestant.name}.strace`);
      // With -D the program is our own child, and strace is not between.
      const before = ["strace", "-D", "-f", "-e", "trace=open,openat", "-o", file];
      const job = { before, count: 10, what: "relays", qos: 1, label: "files" } as const;
      await withBroker(({ port }) =>
        withReady([contestant], { ...job, port }, async () => {
          values[contestant.name] = openedFiles(readFileSync(file, "utf8"));
        }),
      );
    }
    const row = { id: "files-opened", title: "files opened until online, 10 devices", decimals: 0 };
    return { rows: [{ ...row, values, floor: "echo-q1" }] };
  },
};
