import { type Logger, pino } from "pino";
import type { Log, LogFields, LogLevel } from "../core/log/log.ts";
import { cleanLine } from "./clean-line.ts";
import { journalLine } from "./journal.ts";
import { LineOutput } from "./line-output.ts";
import { patientWriterTo, writerTo } from "./standard-file.ts";

/** How much is logged, and who reads standard output: a person where it is a terminal, else a program, or systemd's journal. */
export interface LogOptions {
  readonly level: LogLevel;
  readonly terminal: boolean;
  readonly journal?: boolean;
  readonly now?: () => Date;
  /** Whether each line waits for its reader and none is lost: for a program that drives nothing. Default: false. */
  readonly complete?: boolean;
}

/** A log whose level can be changed while it is written. */
export interface LevelledLog extends Log {
  level: LogLevel;
}

/** A log to standard output. */
export interface OutputLog extends LevelledLog {
  /** Resolves once all lines are written, or where nobody reads them, after half a second: time to end the program. */
  drained(): Promise<void>;
}

/** pino hands a stream that has this mark the level of each line (pino's docs/api.md, "pino.metadata"). */
const wantsMetadata = Symbol.for("pino.metadata");

/**
 * Logs to standard output: for a person, or as JSON lines, which the journal gets with their priority before each. Whoever logs never
 * waits for the reader, and no line has what could disturb a terminal.
 */
export async function createLog(options: LogOptions): Promise<OutputLog> {
  const { now = () => new Date(), complete = false } = options;
  const form = await formFor(options);
  const output = new LineOutput(complete ? patientWriterTo(1) : writerTo(1), (lines) =>
    log.warn({ lines }, "lines of the log were lost: nobody took them, or the disk is full"),
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
      // Called only for lines that are written.
      logMethod(this: Logger, [fields, message]: unknown[], method: (fields: object, message: unknown) => void) {
        method.call(this, typeof fields === "function" ? (fields as () => LogFields)() : (fields as object), message);
      },
    },
  };
  const log: Logger = pino(settings, stream);
  return Object.assign(log as unknown as LevelledLog, { drained: () => output.drained() });
}

/** What a line looks like to its reader. */
async function formFor({ terminal, journal = false }: LogOptions): Promise<(line: string, level: number) => string> {
  if (terminal) return (await import("./terminal.ts")).terminalLine(process.stdout.hasColors?.() ?? false);
  return journal ? journalLine : (line) => line;
}
