import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { errorCode, UserError } from "../../core/errors.ts";
import type { ProgramLimits, ProgramResult } from "../../core/machine/programs.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { killMarked, markVariable, processesNow } from "./left-behind.ts";

/** How long the output of a program may stay open after its end: something that could not be killed has it still. */
const afterEndMs = 500;

/** A program from its start to its end. */
export class RunningProgram {
  readonly result: Promise<ProgramResult>;
  readonly #child: ChildProcess;
  readonly #cancels: Cancel[] = [];
  readonly #program: string;
  readonly #mark = randomUUID();
  readonly #before = processesNow();
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
      env: { ...environment, [markVariable]: this.#mark },
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

  /** Kills the program and all that it has started: its group, and what has left that for a session of its own. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // The whole group has ended already.
    }
    killMarked(this.#mark, this.#before);
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
