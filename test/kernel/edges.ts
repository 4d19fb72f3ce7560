import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { SimulatedChip } from "./gpio-sim.ts";

const driver = fileURLToPath(new URL("drive-edges.mjs", import.meta.url));

/**
 * Has another process move an input as fast as it can, `count` times, in bursts of 512; after each it waits for `keptUp`, which
 * gets the number so far. Resolves with the edges made per second, waiting included.
 */
export async function driveEdges(
  chip: SimulatedChip,
  line: number,
  count: number,
  keptUp: (done: number) => Promise<unknown>,
): Promise<number> {
  const child = fork(driver, [chip.wire(line), String(count)], { execArgv: [] });
  const ended = once(child, "exit") as Promise<[number | null]>;
  let begin: number | undefined;
  child.on("message", (done) => {
    begin ??= performance.now();
    void keptUp(Number(done)).finally(() => child.connected && child.send("go on"));
  });
  const [status] = await ended;
  if (status !== 0) throw new Error(`the driver of the edges ended with ${status}`);
  return Math.round((count / (performance.now() - (begin ?? 0))) * 1000);
}
