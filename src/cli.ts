import { hostname } from "node:os";
import { Command } from "commander";
import { type ReadConfig, readConfig } from "./config/read.ts";
import { editorSchema, kindList, kindPage } from "./config/reference.ts";
import { didYouMean } from "./config/suggest.ts";
import { UserError } from "./core/errors.ts";
import { kinds } from "./devices/index.ts";
import { backends } from "./gpio/index.ts";
import { simulatedBackend } from "./hardware.ts";
import { packageVersion } from "./version.ts";

/** sysexits.h: the configuration is wrong. systemd does not start the agent again after it. */
export const configurationWrong = 78;

/** What the command line gives back: a status to end with, or an agent that goes on until it is stopped. */
export type Outcome = { readonly exitCode: number } | { readonly stop: () => Promise<void> };

const kindNames = kinds.map(({ kind }) => kind);
const backendNames = backends.map(({ name }) => name);

/** Carries out a command line, given without the program's own name. */
export async function commandLine(words: readonly string[]): Promise<Outcome> {
  let outcome: Outcome = { exitCode: 0 };
  const program = new Command("pi2mqtt")
    .description("Drives relays and publishes sensors of a Raspberry Pi over MQTT, as devices.yaml says.")
    .version(packageVersion())
    .showHelpAfterError("(pi2mqtt --help shows what there is)");

  program
    .command("run")
    .description("run the agent until it is stopped")
    .option("-c, --config <file>", "the configuration (default: ./devices.yaml, then /etc/pi2mqtt/devices.yaml)")
    .option("--simulate", "pretend the hardware: no pin moves and every reading is made up")
    .option("--debug", "log each command, state and reading")
    .action(async (options: { config?: string; simulate?: boolean; debug?: boolean }) => {
      const { config } = read(options.config);
      if (config === undefined) {
        outcome = { exitCode: configurationWrong };
        return;
      }
      const [{ createLog }, { run }] = await Promise.all([import("./log/pino.ts"), import("./run.ts")]);
      const level = options.debug ? "debug" : config.agent.log_level;
      const log = await createLog({ level, terminal: process.stdout.isTTY ?? false });
      const backend = options.simulate ? simulatedBackend : config.gpio.backend;
      outcome = await run({ ...config, gpio: { ...config.gpio, backend } }, log);
    });

  program
    .command("check")
    .description("check a configuration without touching a pin")
    .argument("[file]", "the configuration (default: as for run)")
    .action((file?: string) => {
      const { config, fileName } = read(file);
      if (config === undefined) outcome = { exitCode: configurationWrong };
      else console.log(`${fileName}: ${count(config.devices.length)}, no problems`);
    });

  program
    .command("kinds")
    .description("list the kinds of devices, or show one with its options")
    .argument("[kind]", "the kind")
    .action((name?: string) => {
      const kind = kinds.find((candidate) => candidate.kind === name);
      if (kind === undefined && name !== undefined)
        throw new UserError(`there is no kind "${name}"${didYouMean(name, kindNames)}`);
      process.stdout.write(kind === undefined ? kindList(kinds) : kindPage(kind));
    });

  program
    .command("schema")
    .description("print the JSON Schema of devices.yaml, for editors")
    .action(() => {
      process.stdout.write(editorSchema(kinds, backendNames));
    });

  await program.parseAsync(words, { from: "user" });
  return outcome;
}

/** Reads the configuration and tells on standard error what is wrong with it. */
function read(file: string | undefined): ReadConfig {
  const answer = readConfig(file, { kinds, backendNames, hostname: hostname(), environment: process.env });
  for (const problem of answer.problems) console.error(problem);
  for (const warning of answer.warnings) console.error(`${warning} (a warning)`);
  return answer;
}

function count(devices: number): string {
  return devices === 1 ? "1 device" : `${devices} devices`;
}
