/** What a log line is about, for machines: searchable by name. Never a secret. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Where events go. Fields first, then a constant sentence, so that lines of one sort can be found together.
 * debug: each command, state and reading. info: the events of a life. warn: what a person should look at, once per
 * change and never per tick. error: the agent gives something up.
 */
export interface Log {
  /** Fields that cost something to make are given as a function, which is called only where the line is written. */
  debug(fields: LogFields | (() => LogFields), message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  /** A log whose every line carries these fields too. */
  child(fields: LogFields): Log;
}

/** The levels of `agent.log_level`, the most talkative first. */
export const logLevels = ["debug", "info", "warn", "error"] as const;

/** One of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

/** For what must not talk, such as a command that prints its own answer. */
export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLog,
};
