import { errorCode, UserError } from "../core/errors.ts";
import { cleanLines, cleanText } from "../core/text/clean-text.ts";

/** Nobody reads more lines than that; the others are counted. */
const mostLines = 100;

/**
 * Writes to standard output, and resolves when everything is written. Rejects with a UserError if the disk is full or the reader is gone.
 * Control characters are removed, except those of our own colours if `isColoured`.
 */
export function print(text: string, isColoured = false): Promise<void> {
  const { stdout } = process;
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      const why = errorCode(error) === "ENOSPC" ? "there is no room left" : "nobody takes it";
      reject(new UserError(`standard output cannot be written: ${why} (${errorCode(error)})`, { cause: error }));
    };
    // A stream that fails emits two errors. Without a listener the second one would end the program.
    stdout.on("error", fail);
    stdout.write(isColoured ? text : cleanLines(text), (error) => {
      if (error) return fail(error);
      stdout.off("error", fail);
      resolve();
    });
  });
}

/** How many columns the terminal has to which {@link print} writes; undefined where it is none. */
export function terminalColumns(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns : undefined;
}

/** Writes up to a hundred lines to standard error. If there are more, it says how many, such as "and 3 more problems". */
export function tell(lines: readonly string[], say: (line: string) => void, others: string): void {
  for (const line of lines.slice(0, mostLines)) say(cleanText(line));
  const left = lines.length - mostLines;
  if (left > 0) say(`and ${left} more ${others}; correct those above first`);
}

/** A number with its noun: "1 device", "2 devices". */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
