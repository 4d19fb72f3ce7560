import { Command } from "commander";
import { hardwareCommands } from "./cli-hardware.ts";
import { configurationOption, configurationWrong, count, type Outcome, read } from "./cli-read.ts";
import { editorSchema, kindList, kindPage } from "./config/reference.ts";
import { didYouMean } from "./config/suggest.ts";
import { UserError } from "./core/errors.ts";
import { kinds } from "./devices/index.ts";
import { backends } from "./gpio/index.ts";
import { simulatedBackend } from "./hardware.ts";
import { type RunOptions, speedOf } from "./run-options.ts";
import { packageVersion } from "./version.ts";

const kindNames = kinds.map(({ kind }) => kind);

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
    .addOption(configurationOption())
    .option("--backend <name>", "the way to the pins, whatever the configuration says")
    .option("--simulate", "pretend the hardware: no pin moves and every reading is made up")
    .option("--debug", "log each command, state and reading")
    .option("--scenario <file>", "simulate, and let what the file says happen to the pretended hardware")
    .option("--virtual", "with --scenario: in no time and without a broker; the exit status says how it went")
    .option("--speed <factor>", "with --scenario: so many times faster", speedOf)
    .action(async (options: RunOptions & { config?: string; backend?: string; simulate?: boolean }) => {
      const isSimulated = options.simulate || options.scenario !== undefined;
      const { config } = await read(options.config, isSimulated ? simulatedBackend : options.backend);
      if (config === undefined) outcome = { exitCode: configurationWrong };
      else outcome = await (await import("./run-command.ts")).runCommand(config, options);
    });

  program
    .command("check")
    .description("check a configuration without touching a pin")
    .argument("[file]", "the configuration (default: as for run)")
    .option("--backend <name>", "check it for this way to the pins")
    .action(async (file: string | undefined, options: { backend?: string }) => {
      const { config, fileName, warnings } = await read(file, options.backend);
      if (config === undefined) outcome = { exitCode: configurationWrong };
      else {
        const warned = warnings.length === 0 ? "" : `, ${count(warnings.length, "warning")}`;
        console.log(`${fileName}: ${count(config.devices.length, "device")}, no problems${warned}`);
      }
    });

  hardwareCommands(program, (given) => {
    outcome = given;
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
      process.stdout.write(
        editorSchema(
          kinds,
          backends.map(({ name }) => name),
        ),
      );
    });

  await program.parseAsync(words, { from: "user" });
  return outcome;
}
