import { since, usedSoFar } from "../machine/usage.ts";
import type { Line, Qos } from "./line.ts";
import type { Ready } from "./ready.ts";
import { within } from "./within.ts";

/**
 * Sends so many commands to all devices in turn. At most `window` of them wait for their state, fewer than there are devices, so that no
 * device has two. Returns CPU time in ms per 1000 commands, and commands per second.
 */
export async function paced(line: Line, contestant: Ready, count: number, window: number, qos: Qos) {
  const { command, state, on, off, pid, job } = contestant;
  const topics = Array.from({ length: job.count }, (_one, index) => command(index));
  const states = new Set(topics.map((_one, index) => state(index)));
  const before = usedSoFar(pid);
  const begin = performance.now();
  await within(30_000 + count, "the states", (done) => {
    let sent = 0;
    let heard = 0;
    const send = () => {
      const turn = Math.floor(sent / topics.length);
      line.publish(topics[sent % topics.length] as string, turn % 2 === 0 ? on : off, qos);
      sent += 1;
    };
    line.heard = (topic, _word, retained) => {
      if (retained || !states.has(topic)) return;
      heard += 1;
      if (sent < count) send();
      else if (heard >= count) done();
    };
    while (sent < Math.min(window, count)) send();
  });
  return {
    cpuMsPer1000: (since(before, usedSoFar(pid)).cpuMs * 1000) / count,
    perSecond: (count * 1000) / (performance.now() - begin),
  };
}
