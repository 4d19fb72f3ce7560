import { pause } from "../machine/processes.ts";
import { since, usedSoFar } from "../machine/usage.ts";
import type { Line, Qos } from "./line.ts";
import type { Ready } from "./ready.ts";

const tickMs = 10;

/** Sends commands at a rate for a time, whatever comes back. Returns CPU time in percent of one processor. */
export async function atRate(
  line: Line,
  { command, on, off, pid, job }: Ready,
  perSecond: number,
  ms: number,
  qos: Qos,
) {
  line.heard = () => {};
  const before = usedSoFar(pid);
  const begin = performance.now();
  let sent = 0;
  for (let passed = 0; passed < ms; passed = performance.now() - begin) {
    for (const due = Math.floor((passed * perSecond) / 1000); sent < due; sent += 1)
      line.publish(command(sent % job.count), Math.floor(sent / job.count) % 2 === 0 ? on : off, qos);
    await pause(tickMs);
  }
  // What was sent last is still on its way.
  await pause(100);
  return (since(before, usedSoFar(pid)).cpuMs * 100) / (performance.now() - begin);
}
