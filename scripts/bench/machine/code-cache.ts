import { existsSync } from "node:fs";
import { join } from "node:path";
import { agent } from "../contestants/agent.ts";
import { withBroker } from "./broker.ts";
import { cacheFolder, end, pause } from "./processes.ts";

/** An agent writes its compiled code some time after its start. */
const mostMs = 60_000;

/** Runs the agent until it has written its compiled code, so that every start after that is like those of a Pi: not the first one. */
export async function makeCodeCache(): Promise<void> {
  await withBroker(async ({ port }) => {
    const running = agent.start({ port, count: 10, what: "relays", qos: 1, label: "first" });
    for (let waited = 0; !existsSync(join(cacheFolder, "program.cache")); waited += 500) {
      if (waited > mostMs) throw new Error("the agent does not write its compiled code");
      await pause(500);
    }
    if (running !== undefined) await end(running.child);
  });
}
