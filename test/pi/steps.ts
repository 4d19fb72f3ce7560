/** Thrown where this machine lacks what a check needs; the message is a sentence without full stop that says what. */
export class CannotRun extends Error {}

/** Carries out one step and tells how it went; rejects when it fails or takes longer than the limit. */
export type Step = <Result>(name: string, limitMs: number, action: () => Promise<Result>) => Promise<Result>;

/**
 * Runs a list of steps, each of which builds on those before it, so that the first failure ends the list. Ends this process: with 1
 * after a failure; 0 where the machine cannot run the list, or 1 where everything must run (TEST_EVERYTHING=1, as in CI).
 */
export async function runSteps(list: (step: Step) => Promise<void>): Promise<void> {
  try {
    await list(step);
  } catch (error) {
    if (error instanceof CannotRun) {
      console.log(`Skipped: ${error.message}.`);
      process.exitCode = process.env["TEST_EVERYTHING"] === "1" ? 1 : 0;
    } else {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    }
  }
  // A step that reached its limit may still be at work.
  process.exit();
}

async function step<Result>(name: string, limitMs: number, action: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    const result = await within(limitMs, action());
    console.log(`ok      ${name} (${seconds()})`);
    return result;
  } catch (error) {
    if (!(error instanceof CannotRun)) console.log(`FAILED  ${name} (${seconds()})`);
    throw error;
  }
}

function within<Result>(limitMs: number, promise: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${limitMs / 1000} s`)), limitMs);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}
