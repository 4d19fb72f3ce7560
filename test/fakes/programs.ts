import { UserError } from "../../src/core/errors.ts";
import type { ProgramLimits, ProgramResult, Programs } from "../../src/core/machine/programs.ts";

/** What a program does: what it prints, how it ends, why it cannot be run, or that it goes on until somebody lets it end. */
export type FakeProgram = string | Partial<ProgramResult> | UserError | Promise<string>;

/** Programs in memory, by their words with spaces between. */
export class FakePrograms implements Programs {
  readonly programs: Map<string, FakeProgram>;
  /** The limits that each run had. */
  readonly runs: ProgramLimits[] = [];

  constructor(programs: Readonly<Record<string, FakeProgram>> = {}) {
    this.programs = new Map(Object.entries(programs));
  }

  async run(words: readonly string[], limits: ProgramLimits): Promise<ProgramResult> {
    this.runs.push(limits);
    const does = this.programs.get(words.join(" ")) ?? new UserError(`there is no program ${words[0]}`);
    if (does instanceof UserError) throw does;
    const result = does instanceof Promise ? await does : does;
    return {
      status: 0,
      signal: undefined,
      stdout: "",
      stderr: "",
      ...(typeof result === "string" ? { stdout: result } : result),
    };
  }
}
