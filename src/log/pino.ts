import { type DestinationStream, destination, type Logger, pino } from "pino";
import type { Log, LogLevel } from "../core/log.ts";
import { journalStream } from "./journal.ts";

/** How much is logged, and who reads standard output: a person where it is a terminal, else a program, or systemd's journal. */
export interface LogOptions {
  readonly level: LogLevel;
  readonly terminal: boolean;
  readonly journal?: boolean;
  readonly now?: () => Date;
}

/** A log whose level can be changed while it is written. */
export interface LevelledLog extends Log {
  level: LogLevel;
}

/** Logs to standard output: for a person, or as JSON lines, which the journal gets with their priority before each. */
export async function createLog(options: LogOptions): Promise<LevelledLog> {
  const { now = () => new Date() } = options;
  const settings = {
    level: options.level,
    base: null,
    timestamp: () => `,"time":"${now().toISOString()}"`,
    formatters: { level: (level: string) => ({ level }) },
  };
  const log: Logger = pino(settings, await streamFor(options));
  return log as LevelledLog;
}

async function streamFor({ terminal, journal = false }: LogOptions): Promise<DestinationStream> {
  if (terminal) {
    const { terminalStream } = await import("./terminal.ts");
    return terminalStream(process.stdout.hasColors?.() ?? false);
  }
  const lines = destination({ fd: 1, sync: true });
  return journal ? journalStream(lines) : lines;
}
