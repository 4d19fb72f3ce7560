import { Command, CommanderError } from "commander";
import { cleanLines } from "../core/text/clean-text.ts";
import { packageVersion } from "../version.ts";
import { addCheckCommand } from "./commands/check.ts";
import { addDiscoverCommand } from "./commands/discover.ts";
import { addExplainCommand } from "./commands/explain.ts";
import { addInitCommand } from "./commands/init.ts";
import { addKindsCommand } from "./commands/kinds.ts";
import { addPinsCommand } from "./commands/pins.ts";
import { addRulesCommand } from "./commands/rules.ts";
import { addRunCommand } from "./commands/run.ts";
import { addSafeStateCommand } from "./commands/safe-state.ts";
import { addSchemaCommand } from "./commands/schema.ts";
import type { AddCommand, Outcome } from "./outcome.ts";
import { print } from "./output.ts";

/** In the order in which the help shows them. */
const commands: readonly AddCommand[] = [
  addRunCommand,
  addCheckCommand,
  addExplainCommand,
  addSafeStateCommand,
  addPinsCommand,
  addRulesCommand,
  addInitCommand,
  addDiscoverCommand,
  addKindsCommand,
  addSchemaCommand,
];

/** Carries out any command line, given without the program's own name. Rejects with a UserError for a user's mistake. */
export async function anyCommandLine(words: readonly string[]): Promise<Outcome> {
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
  const finish = (given: Outcome) => {
    outcome = given;
  };
  for (const add of commands) add(program, finish);
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    // commander throws its own error after the help, and after a wrong word, of which it has told already.
    if (!(error instanceof CommanderError)) throw error;
    if (help !== "") await print(help);
    return { exitCode: error.exitCode };
  }
  return outcome;
}
