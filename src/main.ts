#!/usr/bin/env node
/** Where the program begins: the version of Node.js, signals, exit codes. */

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `pi2mqtt needs Node.js 20.19 or newer, and this is ${process.version}; Raspberry Pi OS trixie has it ("sudo apt install nodejs npm"), on bookworm install it from https://nodejs.org/en/download`,
  );
  process.exit(1);
}

const { isJournal, speakToJournal } = await import("./service/journal.ts");
if (isJournal(2, process.env)) speakToJournal(console, (text) => void process.stderr.write(text));
const { commandLine } = await import("./cli.ts");
const { explain } = await import("./core/errors.ts");

/** Not every device came to rest. */
const notAtRest = 1;

let stopping = false;
let started: ReturnType<typeof commandLine> | undefined;

async function end(exitCode: number): Promise<void> {
  // Whoever asks a second time does not want to wait; the outputs may not be at rest yet, which systemd then sees to.
  if (stopping) process.exit(1);
  stopping = true;
  // An agent that is just starting has claimed outputs already: it is started, and then brought to rest.
  const outcome = await started?.catch(() => undefined);
  const isAtRest = outcome === undefined || !("stop" in outcome) || (await outcome.stop());
  // systemd runs "pi2mqtt safe-state" after any other status than those of an end in order.
  process.exit(isAtRest ? exitCode : notAtRest);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));
process.on("uncaughtException", (error) => {
  console.error("a defect of pi2mqtt; please report it:", error);
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
