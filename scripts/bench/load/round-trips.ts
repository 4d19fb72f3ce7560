import type { Line, Qos } from "./line.ts";
import type { Ready } from "./ready.ts";
import { within } from "./within.ts";

/** Sends so many commands to the first relay, each after the state of the one before. Returns the times in ms. */
export async function roundTrips(line: Line, { command, state, on, off }: Ready, count: number, qos: Qos) {
  const times: number[] = [];
  const [topic, answer] = [command(0), state(0)];
  await within(30_000, "a state", (done) => {
    let begin = 0;
    const next = () => {
      begin = performance.now();
      line.publish(topic, times.length % 2 === 0 ? on : off, qos);
    };
    line.heard = (from, _word, retained) => {
      if (retained || from !== answer) return;
      times.push(performance.now() - begin);
      if (times.length === count) done();
      else next();
    };
    next();
  });
  return times;
}
