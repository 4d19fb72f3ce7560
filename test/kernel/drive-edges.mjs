// drive-edges.mjs WIRE COUNT: moves a simulated input up and down as fast as it can, COUNT times. After every 512, half of what the
// kernel keeps for a reader, it says how many that were and waits until its parent lets it go on.
import { once } from "node:events";
import { closeSync, openSync, writeSync } from "node:fs";

const [wire, count] = process.argv.slice(2);
const file = openSync(wire, "w");
for (let done = 0; done < Number(count); ) {
  const next = Math.min(done + 512, Number(count));
  for (; done < next; done += 1) writeSync(file, done % 2 === 0 ? "pull-up" : "pull-down", 0);
  process.send(done);
  await once(process, "message");
}
closeSync(file);
process.disconnect();
