import { type ChildProcess, spawn } from "node:child_process";
import { errorCode, UserError } from "../../core/errors.ts";
import type { ProgramLimits, ProgramResult, Programs } from "../../core/machine/programs.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";

/** So many programs run at once. One that hangs keeps its place for as long as it may take. */
const mostAtOnce = 8;
/** How long the output of a program may stay open after its end: something that left its group has it still. */
const afterEndMs = 500;

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
  return {
    programs: {
      async run(words, limits) {
        if (free === 0) await turn(waiting, clock, limits.timeoutMs);
        else free -= 1;
        let program: RunningProgram | undefined;
        try {
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

/** A program from its start to its end. */
class RunningProgram {
  readonly result: Promise<ProgramResult>;
  readonly #child: ChildProcess;
  readonly #cancels: Cancel[] = [];
  readonly #program: string;
  #problem: UserError | undefined;

  constructor(
    words: readonly string[],
    { timeoutMs, mostBytes }: ProgramLimits,
    { clock, environment }: { clock: Pick<Clock, "after">; environment: NodeJS.ProcessEnv },
  ) {
    const [program = "", ...rest] = words;
    this.#program = program;
    // "detached" makes the program the head of a process group of its own, so that all that it starts can be killed with it.
    const child = spawn(program, rest, {
      cwd: "/",
      env: environment,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    const printed = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    for (const name of ["stdout", "stderr"] as const) {
      let length = 0;
      child[name]?.on("error", () => {});
      child[name]?.on("data", (piece: Buffer) => {
        length += piece.length;
        if (length <= mostBytes) printed[name].push(piece);
        else this.#giveUp(`${program} printed more than ${mostBytes / 1024} KiB`);
      });
    }
    this.#cancels.push(
      clock.after(timeoutMs, () => this.#giveUp(`${program} did not end within ${timeoutMs / 1000} s`)),
    );
    this.result = new Promise((resolve, reject) => {
      child.on("error", (error) => {
        this.#finish();
        reject(startProblem(program, error, environment["PATH"] ?? ""));
      });
      child.on("exit", () => {
        // What it has started and left behind would be more with each reading.
        this.kill();
        this.#cancels.push(clock.after(afterEndMs, () => this.#closeOutput()));
      });
      child.on("close", (status, signal) => {
        this.#finish();
        const text = (pieces: readonly Buffer[]) => Buffer.concat(pieces).toString("utf8");
        if (this.#problem !== undefined) reject(this.#problem);
        else
          resolve({
            status: status ?? undefined,
            signal: signal ?? undefined,
            stdout: text(printed.stdout),
            stderr: text(printed.stderr),
          });
      });
    });
  }

  /** Kills the program and all that is in its group. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // The whole group has ended already.
    }
  }

  #giveUp(reason: string): void {
    if (this.#problem !== undefined) return;
    this.#problem = new UserError(reason, { hint: `"${this.#program}" was killed, with all that it had started` });
    this.kill();
    this.#closeOutput();
  }

  #closeOutput(): void {
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }

  #finish(): void {
    for (const cancel of this.#cancels) cancel();
  }
}

/** Why a program could not be started, with what to do. */
function startProblem(program: string, error: Error, path: string): UserError {
  const code = errorCode(error);
  if (code === "ENOENT")
    return new UserError(`there is no program ${program}`, {
      hint: program.startsWith("/") ? "check its path" : `write its whole path, or put it into one of ${path}`,
      cause: error,
    });
  if (code === "EACCES")
    return new UserError(`${program} may not be run (EACCES)`, {
      hint: `"chmod +x" makes a script a program; the user of the agent needs each folder above it too`,
      cause: error,
    });
  return new UserError(`${program} cannot be started (${code || error.message})`, { cause: error });
}
