import { destination, type Logger, pino } from "pino";
import type { Log, LogLevel } from "../core/log.ts";

/** Logs to standard output: for a person where that is a terminal, as JSON lines for journald where it is not. */
export async function createLog(options: { level: LogLevel; terminal: boolean; now?: () => Date }): Promise<Log> {
  const { now = () => new Date() } = options;
  const settings = {
    level: options.level,
    base: null,
    timestamp: () => `,"time":"${now().toISOString()}"`,
    formatters: { level: (level: string) => ({ level }) },
  };
  const stream = options.terminal ? await terminal() : destination({ fd: 1, sync: true });
  const log: Logger = pino(settings, stream);
  return log;
}

async function terminal(): Promise<NodeJS.WritableStream> {
  const { terminalStream } = await import("./terminal.ts");
  return terminalStream(process.stdout.hasColors?.() ?? false);
}
