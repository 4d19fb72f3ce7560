#!/usr/bin/env node
/** The entry point of the program. It checks the version of Node.js, handles signals and sets the exit status. */

/** Logs that a signal has no effect. Before there is a log it does nothing. */
let ignore: (signal: string) => void = () => {};
// This comes first. On SIGUSR1 Node.js would open its debugger to every user of this machine, and SIGUSR2 would end the program.
for (const signal of ["SIGUSR1", "SIGUSR2"] as const) process.on(signal, () => ignore(signal));

/**
 * How many files can be read at a time. A sensor's bus that hangs blocks one of these threads; by default there are 4, which also look up
 * the broker and write the disk. Node.js 20 has read the variable before this line; there systemd/pi2mqtt.service sets it.
 */
process.env["UV_THREADPOOL_SIZE"] ??= "16";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `pi2mqtt needs Node.js 20.19 or newer, and this is ${process.version}; Raspberry Pi OS trixie has it ("sudo apt install nodejs npm"), on bookworm install it from https://nodejs.org/en/download`,
  );
  process.exit(1);
}

const { machine } = await import("node:os");
const { isatty } = await import("node:tty");
const { format } = await import("node:util");
const { cleanLines, explain, isJournal, journalErrors, LineOutput, speakToJournal, writerTo } = await import(
  "./cli/complaining.ts"
);

// If standard error cannot be written, because its reader is gone or its disk is full, there is nobody to tell.
process.stderr.on("error", () => {});
const speaksToJournal = isJournal(2, process.env);
if (speaksToJournal) speakToJournal(console, (text) => void process.stderr.write(text));
const { commandLine } = await import("./cli/program.ts");
const { isWaitedFor, leave } = await import("./service/leave.ts");

const native = { machine: machine(), load: (packageName: string) => import(packageName) };

/** The exit status if not every device came to rest. */
const notAtRest = 1;

/** For errors while outputs are on. Writing them never waits for the reader. */
const complaints = new LineOutput(writerTo(2));
let stopping = false;
let started: ReturnType<typeof commandLine> | undefined;

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

ignore = (signal) =>
  void started?.then(
    (outcome) => "stop" in outcome && outcome.ignored(signal),
    () => {},
  );
for (const signal of ["SIGINT", "SIGTERM", "SIGQUIT"] as const) process.on(signal, () => void end(0));
// When a terminal closes, its programs end. Without a terminal SIGHUP means "read the configuration again", which this program cannot do.
const hasTerminal = [0, 1, 2].some((file) => isatty(file));
process.on("SIGHUP", () => (hasTerminal ? void end(0) : ignore("SIGHUP")));
process.on("uncaughtException", (error) => {
  const text = cleanLines(format("a defect of pi2mqtt; please report it:", error));
  complaints.write(`${speaksToJournal ? journalErrors(text) : text}\n`);
  void end(1);
});

try {
  started = commandLine(process.argv.slice(2));
  const outcome = await started;
  if ("stop" in outcome) void outcome.ended?.then(end);
  else await finish(outcome.exitCode);
} catch (error) {
  console.error(explain(error));
  await finish(1);
}

/** The end of a command that has printed all. What it has given up, such as a question to a name server, may still take long. */
async function finish(exitCode: number): Promise<void> {
  process.exitCode = exitCode;
  if (isWaitedFor()) await leave(exitCode, native);
}
