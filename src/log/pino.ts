import { type Logger, pino } from "pino";
import type { Log, LogFields, LogLevel } from "../core/log/log.ts";
import { cleanLine } from "./clean-line.ts";
import { journalLine } from "./journal.ts";
import { LineOutput } from "./line-output.ts";
import { patientWriterTo, writerTo } from "./standard-file.ts";

/** What is logged, and who reads standard output: a person at a terminal, systemd's journal, or another program. */
export interface LogOptions {
  readonly level: LogLevel;
  readonly terminal: boolean;
  readonly journal?: boolean;
  readonly now?: () => Date;
  /** Whether each line waits for its reader, so that none is dropped. Only for a program that drives no outputs. Default: false. */
  readonly complete?: boolean;
}

/** A log whose level can be changed at any time. */
export interface LevelledLog extends Log {
  level: LogLevel;
}

/** A log to standard output. */
export interface OutputLog extends LevelledLog {
  /** Resolves when all lines are written, or after half a second if nobody reads them. Then the program can end. */
  drained(): Promise<void>;
}

/** pino gives a stream with this mark the level of each line (docs/api.md of pino, "pino.metadata"). */
const wantsMetadata = Symbol.for("pino.metadata");

/**
 * Logs to standard output: for a person, or as JSON lines. For the journal each line begins with its priority. Logging never waits for the
 * reader, and no line contains control characters.
 */
export async function createLog(options: LogOptions): Promise<OutputLog> {
  const { now = () => new Date(), complete = false } = options;
  const form = await formFor(options);
  const output = new LineOutput(complete ? patientWriterTo(1) : writerTo(1), (lines) =>
    log.warn({ lines }, "lines of the log were lost: nobody reads them, or the disk is full"),
  );
  const stream = {
    [wantsMetadata]: true,
    lastLevel: 30,
    write: (line: string) => output.write(form(cleanLine(line), stream.lastLevel)),
  };
  const settings = {
    level: options.level,
    base: null,
    timestamp: () => `,"time":"${now().toISOString()}"`,
    formatters: { level: (level: string) => ({ level }) },
    hooks: {
      // This is called only for lines that are written.
      logMethod(this: Logger, [fields, message]: unknown[], method: (fields: object, message: unknown) => void) {
        method.call(this, typeof fields === "function" ? (fields as () => LogFields)() : (fields as object), message);
      },
    },
  };
  const log: Logger = pino(settings, stream);
  // pino takes our fields, functions included, by logMethod above, which its types do not know.
  return Object.assign(log as unknown as LevelledLog, { drained: () => output.drained() });
}

/** The function that gives a line the form that its reader needs. */
async function formFor({ terminal, journal = false }: LogOptions): Promise<(line: string, level: number) => string> {
  if (terminal) return (await import("./terminal.ts")).terminalLine(process.stdout.hasColors?.() ?? false);
  return journal ? journalLine : (line) => line;
}
