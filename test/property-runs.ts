import fc from "fast-check";

/**
 * How often a property is tried that is usually tried `usual` times. The environment may say RUNS=1500, for a new property, or RUNS_SHARE=0.25,
 * for a quick look at all of them.
 */
export function runs(usual: number): number {
  const { RUNS, RUNS_SHARE = "1" } = process.env;
  return RUNS === undefined ? Math.max(1, Math.ceil(usual * Number(RUNS_SHARE))) : Number(RUNS);
}

fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: runs(100) });
