import { Command, CommanderError } from "commander";
import { editorSchema, kindList, kindPage } from "../config/reference.ts";
import { UserError } from "../core/errors.ts";
import { backends } from "../gpio/index.ts";
import { simulatedBackend } from "../hardware.ts";
import { kindNames, loadKinds } from "../kinds.ts";
import { packageVersion } from "../version.ts";
import { didYouMean } from "../yaml/suggest.ts";
import { hardwareCommands } from "./hardware.ts";
import { cleanLines, print } from "./output.ts";
import {
  configurationArgument,
  configurationOption,
  configurationWrong,
  count,
  namedFile,
  type Outcome,
  read,
} from "./read.ts";
import { type RunOptions, speedOf } from "./run-options.ts";

interface RunCommandOptions extends RunOptions {
  readonly config?: string;
  readonly backend?: string;
  readonly simulate?: boolean;
}

/** Carries out a command line, given without the program's own name. */
export async function commandLine(words: readonly string[]): Promise<Outcome> {
  let outcome: Outcome = { exitCode: 0 };
  let help = "";
  const program = new Command("pi2mqtt")
    .description("Drives relays and publishes sensors of a Raspberry Pi over MQTT, as devices.yaml says.")
    .version(packageVersion())
    .showHelpAfterError("(pi2mqtt --help shows what there is)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
      writeErr: (text) => void process.stderr.write(cleanLines(text)),
    });

  program
    .command("run")
    .description("run the agent until it is stopped")
    .addArgument(configurationArgument())
    .addOption(configurationOption())
    .option("--backend <name>", "the way to the pins, whatever the configuration says")
    .option("--simulate", "pretend the hardware: no pin moves and every reading is made up")
    .option("--debug", "log each command, state and reading")
    .option("--scenario <file>", "simulate, and let what the file says happen to the pretended hardware")
    .option("--virtual", "with --scenario: in no time and without a broker; the exit status says how it went")
    .option("--speed <factor>", "with --scenario: so many times faster", speedOf)
    .action(async (file: string | undefined, options: RunCommandOptions) => {
      const isSimulated = options.simulate || options.scenario !== undefined;
      const backend = isSimulated ? simulatedBackend : options.backend;
      const { config } = await read(namedFile(file, options.config), backend);
      if (config === undefined) outcome = { exitCode: configurationWrong };
      else outcome = await (await import("./run.ts")).runCommand(config, options);
    });

  program
    .command("check")
    .description("check a configuration without touching a pin")
    .addArgument(configurationArgument())
    .addOption(configurationOption())
    .option("--backend <name>", "check it for this way to the pins")
    .action(async (file: string | undefined, options: { config?: string; backend?: string }) => {
      const { config, fileName, warnings } = await read(namedFile(file, options.config), options.backend);
      if (config === undefined) outcome = { exitCode: configurationWrong };
      else {
        const warned = warnings.length === 0 ? "" : `, ${count(warnings.length, "warning")}`;
        await print(`${fileName}: ${count(config.devices.length, "device")}, no problems${warned}\n`);
      }
    });

  hardwareCommands(program, (given) => {
    outcome = given;
  });

  program
    .command("kinds")
    .description("list the kinds of devices, or show one with its options")
    .argument("[kind]", "the kind")
    .action(async (name?: string) => {
      const kinds = await loadKinds();
      const kind = kinds.find((candidate) => candidate.kind === name);
      if (kind === undefined && name !== undefined)
        throw new UserError(`there is no kind "${name}"${didYouMean(name, kindNames)}`);
      await print(kind === undefined ? kindList(kinds) : kindPage(kind));
    });

  program
    .command("schema")
    .description("print the JSON Schema of devices.yaml, for editors")
    .action(async () => {
      const backendNames = backends.map(({ name }) => name);
      await print(editorSchema(await loadKinds(), backendNames));
    });

  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    // The help was asked for, or a word is wrong, which it has told already.
    if (!(error instanceof CommanderError)) throw error;
    if (help !== "") await print(help);
    return { exitCode: error.exitCode };
  }
  return outcome;
}
