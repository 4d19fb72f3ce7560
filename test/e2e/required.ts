import { it } from "vitest";

/**
 * Declares that tests cannot run here, and why. Where everything must run (TEST_EVERYTHING=1, as in CI) that is a failure.
 */
export function cannotRun(sentence: string): void {
  console.warn(`Skipped: ${sentence}.`);
  it(`is skipped: ${sentence}`, ({ skip }) => {
    if (process.env["TEST_EVERYTHING"] === "1") throw new Error(sentence);
    skip(sentence);
  });
}
