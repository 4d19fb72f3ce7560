import fc from "fast-check";

/**
 * How often a property is tried that is usually tried `usual` times. The environment may say RUNS=1500, to search for a new fault, or
 * RUNS_SHARE=0.25, for a quick look at all of them.
 */
export function runs(usual: number): number {
  const { RUNS, RUNS_SHARE = "1" } = process.env;
  return RUNS === undefined ? Math.max(1, Math.ceil(usual * Number(RUNS_SHARE))) : Number(RUNS);
}

/** Without RUNS the same cases are tried each time, so that a commit that has passed passes again. With RUNS they are new ones each time. */
const seed = process.env["RUNS"] === undefined ? { seed: 1 } : {};

fc.configureGlobal({ ...fc.readConfigureGlobal(), ...seed, numRuns: runs(100) });
