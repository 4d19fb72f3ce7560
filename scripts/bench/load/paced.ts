import { since, usedSoFar } from "../machine/usage.ts";
import type { Line, Qos } from "./line.ts";
import type { Ready } from "./ready.ts";
import { within } from "./within.ts";

/**
 * Sends so many commands. At most `window` devices, fewer than there are, wait for their state at any time, and the one that has been
 * without a command for longest has the next turn. So no state replaces another one that is still waiting. Returns CPU time in ms per
 * 1000 commands, and commands per second.
 */
export async function paced(line: Line, contestant: Ready, count: number, window: number, qos: Qos) {
  const { command, state, on, off, pid, job } = contestant;
  const devices = Array.from({ length: job.count }, (_one, index) => ({ topic: command(index), isOn: false }));
  const byState = new Map(devices.map((device, index) => [state(index), device]));
  const resting = devices.slice();
  const before = usedSoFar(pid);
  const begin = performance.now();
  await within(30_000 + count, `the states of ${contestant.contestant.name}`, (done) => {
    let sent = 0;
    let heard = 0;
    const send = () => {
      const device = resting.shift();
      if (device === undefined) return;
      device.isOn = !device.isOn;
      line.publish(device.topic, device.isOn ? on : off, qos);
      sent += 1;
    };
    line.heard = (topic, _word, retained) => {
      const device = byState.get(topic);
      if (retained || device === undefined) return;
      heard += 1;
      resting.push(device);
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
