/** The program: it handles signals, carries out the command line and sets the exit status. */
import { machine } from "node:os";
import { isatty } from "node:tty";
import { format } from "node:util";
import { commandLine } from "./cli/command-line.ts";
import { explain } from "./core/errors.ts";
import { cleanLines } from "./core/text/clean-text.ts";
import { LineOutput } from "./log/line-output.ts";
import { writerTo } from "./log/standard-file.ts";
import { loadPackage } from "./native-packages.ts";
import { isJournal, journalErrors, speakToJournal } from "./service/journal.ts";
import { isWaitedFor, leave } from "./service/leave.ts";

/** The exit status if not every device came to rest. */
const notAtRest = 1;
/** How long after its start an agent has loaded all that it needs, in milliseconds. */
const settlingMs = 10_000;

const native = { machine: machine(), load: loadPackage };
/** For errors while outputs are on. Writing them never waits for the reader. */
const complaints = new LineOutput(writerTo(2));
const speaksToJournal = isJournal(2, process.env);
let stopping = false;
let started: ReturnType<typeof commandLine> | undefined;

/**
 * Carries out a command line, given without the program's own name, and ends the process with its exit status. `settled` is called some
 * time after an agent has started. Returns a function that logs that a signal has no effect.
 */
export function runProgram(words: readonly string[], settled: () => void): (signal: string) => void {
  // If standard error cannot be written, because its reader is gone or its disk is full, there is nobody to tell.
  process.stderr.on("error", () => {});
  if (speaksToJournal) speakToJournal(console, (text) => void process.stderr.write(text));
  for (const signal of ["SIGINT", "SIGTERM", "SIGQUIT"] as const) process.on(signal, () => void end(0));
  // When a terminal closes, its programs end. Without a terminal SIGHUP means "read the configuration again", which this program cannot do.
  const hasTerminal = [0, 1, 2].some((file) => isatty(file));
  process.on("SIGHUP", () => (hasTerminal ? void end(0) : ignore("SIGHUP")));
  process.on("uncaughtException", (error) => {
    const text = cleanLines(format("a defect of pi2mqtt; please report it:", error));
    complaints.write(`${speaksToJournal ? journalErrors(text) : text}\n`);
    void end(1);
  });
  void carryOut(words, settled);
  return ignore;
}

async function carryOut(words: readonly string[], settled: () => void): Promise<void> {
  try {
    started = commandLine(words);
    const outcome = await started;
    if (!("stop" in outcome)) return await finish(outcome.exitCode);
    setTimeout(settled, settlingMs).unref();
    void outcome.ended?.then(end);
  } catch (error) {
    console.error(explain(error));
    await finish(1);
  }
}

async function end(exitCode: number): Promise<void> {
  // A second signal ends the program at once. If the outputs are not at rest by then, systemd brings them to rest with safe-state.
  if (stopping) return leave(1, native);
  stopping = true;
  // An agent that is still starting has outputs claimed already. So wait until it has started, and then bring it to rest.
  const outcome = await started?.catch(() => undefined);
  const isAtRest = outcome === undefined || !("stop" in outcome) || (await outcome.stop());
  await complaints.drained();
  // After an exit status that means a failure, systemd runs "pi2mqtt safe-state".
  await leave(isAtRest ? exitCode : notAtRest, native);
}

/** The end of a command that has printed all. What it has given up, such as a question to a name server, may still take long. */
async function finish(exitCode: number): Promise<void> {
  process.exitCode = exitCode;
  if (isWaitedFor()) await leave(exitCode, native);
}

function ignore(signal: string): void {
  void started?.then(
    (outcome) => "stop" in outcome && outcome.ignored(signal),
    () => {},
  );
}
