import type { ReadConfig } from "../config/read.ts";
import { UserError } from "../core/errors.ts";
import type { Scenario } from "../core/simulation/scenario.ts";
import { createLog } from "../log/pino.ts";
import { run } from "../run.ts";
import { isJournal } from "../service/journal.ts";
import { configurationWrong, type Outcome } from "./outcome.ts";
import { tell } from "./output.ts";
import type { RunOptions } from "./run-options.ts";

/** The exit status EX_TEMPFAIL of sysexits.h: try again. systemd starts the agent again after it. */
const startAnew = 75;

type RunnableConfig = NonNullable<ReadConfig["config"]>;

/** Runs the agent until it is stopped, or through a scenario. For a scenario the configuration must use the simulated backend. */
export async function runConfig(config: RunnableConfig, options: RunOptions): Promise<Outcome> {
  const scenario = await scenarioFor(config, options);
  if (scenario === "wrong") return { exitCode: configurationWrong };
  const level = options.debug ? "debug" : config.agent.log_level;
  const logging = { level, terminal: process.stdout.isTTY ?? false, journal: isJournal(1, process.env) };
  if (scenario !== undefined && options.virtual) {
    const { rehearse, VirtualClock } = await import("../rehearsal.ts");
    const clock = new VirtualClock(scenario.starts ?? new Date());
    const log = await createLog({ ...logging, now: () => clock.now(), complete: true });
    return { exitCode: statusOf(await rehearse(config, scenario, clock, log)) };
  }
  const scenarioRun = scenario && { scenario, speed: options.speed ?? 1 };
  const log = await createLog(logging);
  const { stop, ended, restartAsked } = await run(config, log, scenarioRun);
  const endings = [restartAsked.then(() => startAnew), ...(ended === undefined ? [] : [ended.then(statusOf)])];
  return {
    ended: Promise.race(endings),
    async stop() {
      const isAtRest = await stop();
      await log.drained();
      return isAtRest;
    },
    ignored: (signal) => log.warn({ signal }, "this signal changes nothing; devices.yaml is read at the next start"),
  };
}

/** The scenario, if one is wanted. "wrong" if it has problems; they are on standard error then. */
async function scenarioFor(
  { devices, rules, agent }: RunnableConfig,
  { scenario: file, virtual, speed }: RunOptions,
): Promise<Scenario | "wrong" | undefined> {
  if (file === undefined) {
    if (virtual || speed !== undefined)
      throw new UserError(`${virtual ? "--virtual" : "--speed"} needs a scenario`, { hint: "add --scenario FILE" });
    return undefined;
  }
  const { readScenario } = await import("../scenario/read.ts");
  const known = { devices, rules: rules.map(({ id }) => id), timeZone: agent.time_zone };
  const { scenario, problems } = readScenario(file, known, process.env);
  tell(problems, console.error, "problems");
  return scenario ?? "wrong";
}

/** Writes to standard error which expectations were not met. Returns the exit status. */
function statusOf(failures: readonly string[]): number {
  tell(failures, console.error, "expectations");
  return failures.length === 0 ? 0 : 1;
}
