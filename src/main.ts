#!/usr/bin/env node
/** Where the program begins: the version of Node.js, signals, exit codes. */

/** Says that a signal changes nothing, once there is a log. */
let ignore: (signal: string) => void = () => {};
// First of all: by SIGUSR1, Node.js would open its debugger to every user of this machine. SIGUSR2 would end the program.
for (const signal of ["SIGUSR1", "SIGUSR2"] as const) process.on(signal, () => ignore(signal));

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `pi2mqtt needs Node.js 20.19 or newer, and this is ${process.version}; Raspberry Pi OS trixie has it ("sudo apt install nodejs npm"), on bookworm install it from https://nodejs.org/en/download`,
  );
  process.exit(1);
}

const { isatty } = await import("node:tty");
const { format } = await import("node:util");
const { cleanLines, explain, isJournal, journalErrors, LineOutput, speakToJournal, writerTo } = await import(
  "./cli/complaining.ts"
);

// Whoever read standard error may be gone, and its disk may be full: nobody is left to be told of that.
process.stderr.on("error", () => {});
const speaksToJournal = isJournal(2, process.env);
if (speaksToJournal) speakToJournal(console, (text) => void process.stderr.write(text));
const { commandLine } = await import("./cli/program.ts");

/** Not every device came to rest. */
const notAtRest = 1;

/** For what is said while outputs are on: saying it never waits for its reader. */
const complaints = new LineOutput(writerTo(2));
let stopping = false;
let started: ReturnType<typeof commandLine> | undefined;

async function end(exitCode: number): Promise<void> {
  // Whoever asks a second time does not want to wait; the outputs may not be at rest yet, which systemd then sees to.
  if (stopping) process.exit(1);
  stopping = true;
  // An agent that is just starting has claimed outputs already: it is started, and then brought to rest.
  const outcome = await started?.catch(() => undefined);
  const isAtRest = outcome === undefined || !("stop" in outcome) || (await outcome.stop());
  await complaints.drained();
  // systemd runs "pi2mqtt safe-state" after any other status than those of an end in order.
  process.exit(isAtRest ? exitCode : notAtRest);
}

ignore = (signal) =>
  void started?.then(
    (outcome) => "stop" in outcome && outcome.ignored(signal),
    () => {},
  );
for (const signal of ["SIGINT", "SIGTERM", "SIGQUIT"] as const) process.on(signal, () => void end(0));
// A terminal that closes takes its programs along. Elsewhere SIGHUP asks to read the configuration again, which this program cannot.
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
  else process.exitCode = outcome.exitCode;
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
