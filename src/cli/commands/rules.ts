import { machineStateFile, stateFolder } from "../../runtime/machine/machine-state.ts";
import { readState } from "../../runtime/machine/state-file.ts";
import { configurationArgument, configurationOption } from "../configuration-argument.ts";
import { namedFile } from "../named-file.ts";
import { type AddCommand, configurationWrong } from "../outcome.ts";
import { print } from "../output.ts";
import { read } from "../read.ts";

/** Where the service keeps its state (StateDirectory= in its unit). */
const serviceFolder = "/var/lib/pi2mqtt";

/** `rules`: lists the rules, with when each fired last and fires next. */
export const addRulesCommand: AddCommand = (program, finish) => {
  program
    .command("rules")
    .description("list the rules, with when each fired last and fires next")
    .addArgument(configurationArgument())
    .addOption(configurationOption())
    .action(async (file: string | undefined, options: { config?: string }) => {
      const { config, fileName } = await read(namedFile(file, options.config), undefined);
      if (config === undefined) return finish({ exitCode: configurationWrong });
      const { rules, agent } = config;
      if (rules.length === 0) return print(`${fileName}: no rules\n`);
      const { listRules } = await import("../../rules/list-rules.ts");
      const { rulesId } = await import("../../rules/rule-memory.ts");
      const state = await storedOf(agent.id);
      const list = listRules({
        rules,
        stored: state === "unreadable" ? undefined : (state?.[rulesId] ?? {}),
        now: new Date(),
        timeZone: agent.time_zone,
        place: agent.location,
      });
      const hint =
        state === "unreadable" ? "\n\nwhen they fired last is known to the service alone; use sudo to see it" : "";
      await print(`${list}${hint}\n`);
    });
};

/** What the agent has stored. Changes nothing, as another program may be writing it. Undefined if nothing is stored. */
async function storedOf(agentId: string) {
  const folders = [...new Set([process.env["STATE_DIRECTORY"] ?? serviceFolder, stateFolder(process.env)])];
  for (const folder of folders) {
    try {
      const text = await machineStateFile(folder, agentId).read("current");
      const state = text === undefined ? undefined : readState(text);
      if (state !== undefined && "devices" in state) return state.devices;
    } catch {
      return "unreadable";
    }
  }
  return undefined;
}
