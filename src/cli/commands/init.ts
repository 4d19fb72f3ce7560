import { existsSync } from "node:fs";
import { UserError } from "../../core/errors.ts";
import { readBoard } from "../../core/hardware/board.ts";
import { systemClock } from "../../core/time/clock.ts";
import { discover } from "../../discover/discover.ts";
import { loadKinds } from "../../kinds.ts";
import { machineFiles } from "../../runtime/machine/files.ts";
import { machinePrograms } from "../../runtime/machine/programs.ts";
import { type Answers, certainDevices, devicesText, dotEnvText } from "../init/answers.ts";
import { findBrokers, type TriedBroker } from "../init/find-broker.ts";
import { probeBroker } from "../init/mqtt-probe.ts";
import { type InitOptions, optionAnswers } from "../init/options.ts";
import { askAll, type Known } from "../init/questions.ts";
import { BrokenOff, terminalAsk } from "../init/terminal.ts";
import { dotEnvBeside, mustBeNew, writeConfiguration } from "../init/write.ts";
import { withLookPorts } from "../look-ports.ts";
import type { AddCommand } from "../outcome.ts";
import { print } from "../output.ts";

/** The status of a program that Ctrl+C has ended. */
const brokenOff = 130;

/** `init`: asks four questions, and writes a first devices.yaml and .env. */
export const addInitCommand: AddCommand = (program, finish) => {
  program
    .command("init")
    .description("ask four questions, and write a first devices.yaml with what is connected")
    .option("-c, --config <file>", "the file to write", "devices.yaml")
    .option("-y, --yes", "ask nothing, and take the usual answers where none is given below")
    .option("--name <name>", "the name of this Pi in its topics")
    .option("--broker <url>", "the broker, such as mqtt://localhost:1883")
    .option("--username <name>", "the name for the broker; its password is taken from the variable MQTT_PASSWORD")
    .option("--relay <pin>", "the pin of a first relay, or none")
    .option("--take <ids>", "what to take of what is found: all, none, or ids with commas between")
    .action(async (options: InitOptions) => {
      const signal = new AbortController();
      const abort = () => signal.abort();
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, abort);
      try {
        await init(options, signal.signal);
      } catch (error) {
        if (!(error instanceof BrokenOff)) throw error;
        console.error(error.message);
        finish({ exitCode: brokenOff });
      }
    });
};

async function init(options: InitOptions, signal: AbortSignal): Promise<void> {
  const { config: file, yes } = options;
  mustBeNew(file);
  if (!yes && !(process.stdin.isTTY && process.stdout.isTTY))
    throw new UserError("there is no terminal to ask at", {
      hint: 'add --yes, and answers such as --broker mqtt://HOST; "pi2mqtt init --help" shows all',
    });
  const hasDotEnv = existsSync(dotEnvBeside(file));
  await print("Looking at what is connected, and for a broker...\n");
  const [places, brokers, { serial }] = await Promise.all([
    withLookPorts(discover),
    hasDotEnv || options.broker !== undefined ? [] : foundBrokers(),
    readBoard(machineFiles),
  ]);
  const known: Known = { serial, brokers, devices: certainDevices(places), probe: probeBroker };
  await print(triedText(brokers, hasDotEnv));
  if (signal.aborted) throw new BrokenOff();
  const answers = yes ? optionAnswers(options, known, hasDotEnv) : await asked(known, hasDotEnv, signal);
  if (signal.aborted) throw new BrokenOff();
  const dotEnv = answers.broker === undefined ? undefined : dotEnvText(answers);
  if (answers.broker !== undefined && dotEnv === undefined)
    throw new UserError("this name or password cannot be written into .env", {
      hint: "leave it empty, and write it into broker in devices.yaml",
    });
  writeConfiguration(file, { devices: devicesText(answers, places), dotEnv }, await loadKinds());
  await print(doneText(file, dotEnv !== undefined));
}

async function foundBrokers(): Promise<readonly TriedBroker[]> {
  const { programs, stop } = machinePrograms(systemClock);
  try {
    return await findBrokers({ files: machineFiles, programs });
  } finally {
    stop();
  }
}

async function asked(known: Known, hasDotEnv: boolean, signal: AbortSignal): Promise<Answers> {
  const { ask, close } = terminalAsk(signal);
  try {
    return await askAll(ask, known, hasDotEnv);
  } finally {
    close();
  }
}

/** What came of looking for a broker. */
function triedText(brokers: readonly TriedBroker[], hasDotEnv: boolean): string {
  if (hasDotEnv) return "There is a .env already. It stays as it is, and its broker counts.\n\n";
  const lines = brokers.map(({ url, result }) => {
    const said = { open: "a broker", locked: "a broker that wants a name and a password" };
    return `  ${url}: ${result.is === "nothing" ? plainWords(result.why) : said[result.is]}\n`;
  });
  return lines.length === 0 ? "\n" : `Tried:\n${lines.join("")}\n`;
}

/** What the codes of a network mean. Another one stays as it is. */
function plainWords(code: string): string {
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: "nothing there",
    ENOTFOUND: "no machine of this name",
    EAI_AGAIN: "no machine of this name",
    ETIMEDOUT: "no answer",
    EHOSTUNREACH: "no way there",
    ENETUNREACH: "no network",
  };
  return known[code] ?? code;
}

function doneText(file: string, hasDotEnv: boolean): string {
  const secret = hasDotEnv ? ", and .env, which only you can read" : "";
  return `\nWrote ${file}${secret}. Next:\n  pi2mqtt check ${file}\n  pi2mqtt run ${file}\n`;
}
