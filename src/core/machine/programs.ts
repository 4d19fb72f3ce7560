/** How long a program may run, and how much it may print. */
export interface ProgramLimits {
  readonly timeoutMs: number;
  /** Of standard output and of standard error. */
  readonly mostBytes: number;
}

/** What a program did. */
export interface ProgramResult {
  /** 0 for success; undefined if a signal ended it. */
  readonly status: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** The programs of the machine. */
export interface Programs {
  /**
   * Runs a program to its end: a list of words, the first of which names it; no shell reads them. It gets no secret of the agent in its
   * environment. Rejects with a UserError when it cannot be started, does not end in time, or prints too much; it is killed then. What it
   * has started is killed at its end, or with it.
   */
  run(words: readonly string[], limits: ProgramLimits): Promise<ProgramResult>;
}
