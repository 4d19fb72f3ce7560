import { UserError } from "../../core/errors.ts";
import type { Programs } from "../../core/machine/programs.ts";
import type { Clock } from "../../core/time/clock.ts";
import { RunningProgram } from "./running-program.ts";

/** So many programs run at once. One that hangs keeps its place for as long as it may take. */
const mostAtOnce = 8;

/**
 * Makes the way to the programs of this machine, and the function that kills those that run. `environment` is that of the agent; of it a
 * program gets PATH and HOME.
 */
export function machinePrograms(
  clock: Pick<Clock, "after">,
  environment: NodeJS.ProcessEnv = process.env,
): { readonly programs: Programs; readonly stop: () => void } {
  const running = new Set<RunningProgram>();
  /** Each takes over the place of a program that has ended. */
  const waiting: (() => void)[] = [];
  let free = mostAtOnce;
  let isStopped = false;
  return {
    programs: {
      async run(words, limits) {
        if (free === 0) await turn(waiting, clock, limits.timeoutMs);
        else free -= 1;
        let program: RunningProgram | undefined;
        try {
          if (isStopped) throw new UserError("the agent stops");
          program = new RunningProgram(words, limits, { clock, environment: little(environment) });
          running.add(program);
          return await program.result;
        } finally {
          if (program !== undefined) running.delete(program);
          const next = waiting.shift();
          if (next === undefined) free += 1;
          else next();
        }
      },
    },
    stop: () => {
      isStopped = true;
      for (const program of running) program.kill();
    },
  };
}

/** What a program gets of the environment. With this language, numbers have points and messages are English. */
function little({ PATH = "/usr/local/bin:/usr/bin:/bin", HOME = "/" }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { PATH, HOME, LANG: "C.UTF-8" };
}

/** Resolves when a place is free. Rejects when none is within so many milliseconds. */
function turn(waiting: (() => void)[], clock: Pick<Clock, "after">, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const start = () => {
      cancel();
      resolve();
    };
    const cancel = clock.after(withinMs, () => {
      waiting.splice(waiting.indexOf(start), 1);
      reject(new UserError(`${mostAtOnce} other programs have not ended yet`));
    });
    waiting.push(start);
  });
}
