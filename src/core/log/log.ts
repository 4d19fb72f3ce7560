/** What a log line is about, as values that programs can search by name. Never a secret. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Where events are logged. A line has fields first, then a constant sentence, so that lines of one sort can be found together. debug: each
 * command, state and reading. info: starts, stops and changes of connection. warn: what a person should look at, once per change and never
 * per reading. error: the agent gives something up.
 */
export interface Log {
  /** If fields cost time to make, give them as a function. It is called only when the line is written. */
  debug(fields: LogFields | (() => LogFields), message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  /** A log that adds these fields to each of its lines. */
  child(fields: LogFields): Log;
}

/** The levels of `agent.log_level`. The first one logs most. */
export const logLevels = ["debug", "info", "warn", "error"] as const;

/** One of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

/** A log that writes nothing, for commands that print their own answer. */
export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLog,
};
