import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CannotRun } from "./steps.ts";

/** A program of the lab that was started. */
export interface LabProgram {
  readonly child: ChildProcess;
  /** What it has printed on standard output so far. */
  output(): string;
  /** Resolves when it has ended, with its exit status; rejects with {@link CannotRun} when the lab lacks something. */
  readonly ended: Promise<number>;
}

/** What the scripts in lab/ exit with when something is missing. */
const somethingIsMissing = 77;

/** How they begin to say what is wrong. */
const complaining = /^[\w-]+\.sh: (.*)$/m;

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill();
});

/** Starts a script of lab/, whose heads say what they do. Their progress on standard error is shown as it comes. */
export function startInLab(script: string, words: readonly string[]): LabProgram {
  const file = fileURLToPath(new URL(`lab/${script}`, import.meta.url));
  const child = spawn(file, words, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let output = "";
  let complaint = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (complaint === "" && !complaining.test(text)) process.stderr.write(text);
    else complaint += text;
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", (error) =>
      reject(new CannotRun(`the scripts of the lab need Linux and bash (${error.message})`)),
    );
    child.once("close", (status, signal) => {
      running.delete(child);
      if (status === somethingIsMissing) reject(new CannotRun(complaining.exec(complaint)?.[1]));
      else if (status === null) reject(new Error(`${script} was ended by ${signal}`));
      else {
        process.stderr.write(complaint);
        resolve(status);
      }
    });
  });
  // Whoever starts a program may look at its end later.
  ended.catch(() => {});
  return { child, output: () => output, ended };
}

/** Runs a script of lab/ to its end and gives what it printed; rejects when it fails. */
export async function runInLab(script: string, words: readonly string[]): Promise<string> {
  const program = startInLab(script, words);
  const status = await program.ended;
  if (status !== 0) throw new Error(`${script} ${words.join(" ")} ended with ${status}: ${program.output()}`);
  return program.output().trim();
}
