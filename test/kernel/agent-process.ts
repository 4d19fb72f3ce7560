import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram, until } from "./guest.ts";

const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** One line of the agent's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string };

/** The built agent, as a process like any other. */
export interface AgentProcess {
  readonly log: readonly LogLine[];
  /** Waits for a line of the log; rejects when the process ends before it, or when it takes too long. */
  logged(what: string, isIt: (line: LogLine) => boolean): Promise<LogLine>;
  /** Asks it to stop, and waits until it has; gives the exit status. */
  stop(): Promise<number | null>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Drives its outputs to their rest by a process of its own, as the service does after an agent that crashed (ExecStopPost). */
  safeState(): void;
}

/**
 * Starts the built agent, whose id is `test`, with a devices.yaml and a broker on this machine; as root, or as `user`. Its environment is
 * that of this process, and `environment`.
 */
export function startAgentProcess(
  yaml: string,
  port: number,
  user?: string,
  environment: Readonly<Record<string, string>> = {},
): AgentProcess {
  const folder = mkdtempSync(join(tmpdir(), "pi2mqtt-agent-"));
  chmodSync(folder, 0o755);
  const file = join(folder, "devices.yaml");
  writeFileSync(file, `agent: {id: test, log_level: debug}\nbroker: {url: "mqtt://127.0.0.1:${port}"}\n${yaml}`);
  const words = [process.execPath, main, "run", "--config", file];
  // With the user's groups, as a login or a service has them.
  if (user !== undefined) words.unshift("setpriv", `--reuid=${user}`, `--regid=${user}`, "--init-groups");
  const [program = "", ...rest] = words;
  const child = spawn(program, rest, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  const { log, complaints } = collect(child);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    log,
    logged: (what, isIt) =>
      until(what, () => {
        const line = log.find(isIt);
        if (line === undefined && child.exitCode !== null)
          throw new Error(`the agent ended before ${what}: ${complaints()}${JSON.stringify(log)}`);
        return line;
      }),
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    safeState: () => void runProgram(process.execPath, main, "safe-state", file),
  };
}

/** The log as it comes, one JSON object a line, and what is written on standard error. */
function collect(child: ChildProcess): { log: LogLine[]; complaints: () => string } {
  const log: LogLine[] = [];
  let rest = "";
  let complaints = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) log.push(JSON.parse(line) as LogLine);
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  return { log, complaints: () => complaints };
}
