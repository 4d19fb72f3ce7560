import type { Log, LogFields } from "../../src/core/log/log.ts";

/** One line as it was logged. */
export interface LogLine extends LogFields {
  readonly level: string;
  readonly message: string;
}

/** A log that keeps its lines. */
export class FakeLog implements Log {
  readonly lines: LogLine[];
  readonly #fields: LogFields;

  constructor(lines: LogLine[] = [], fields: LogFields = {}) {
    this.lines = lines;
    this.#fields = fields;
  }

  /** The lines of one level. */
  at(level: string): LogLine[] {
    return this.lines.filter((line) => line.level === level);
  }

  child(fields: LogFields): FakeLog {
    return new FakeLog(this.lines, { ...this.#fields, ...fields });
  }

  debug(fields: LogFields | (() => LogFields), message: string): void {
    this.#add("debug", typeof fields === "function" ? fields() : fields, message);
  }
  info(fields: LogFields, message: string): void {
    this.#add("info", fields, message);
  }
  warn(fields: LogFields, message: string): void {
    this.#add("warn", fields, message);
  }
  error(fields: LogFields, message: string): void {
    this.#add("error", fields, message);
  }

  #add(level: string, fields: LogFields, message: string): void {
    this.lines.push({ ...this.#fields, ...fields, level, message });
  }
}
