import { Line, type Qos } from "./line.ts";
import type { Ready } from "./ready.ts";

/** Does something with a line that hears the states of all relays of these contestants. */
export async function listening<Result>(
  all: readonly Ready[],
  qos: Qos,
  task: (line: Line) => Promise<Result>,
): Promise<Result> {
  const line = await Line.open(all[0]?.job.port ?? 0);
  try {
    for (const { job, state } of all)
      await line.subscribe(
        Array.from({ length: job.count }, (_one, index) => state(index)),
        qos,
      );
    return await task(line);
  } finally {
    line.close();
  }
}
