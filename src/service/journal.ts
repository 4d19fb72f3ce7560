import { fstatSync } from "node:fs";
import { format } from "node:util";

/** Priorities that systemd's journal reads at the beginning of a line (sd-daemon(3), syslog(3)). */
const warning = 4;
const error = 3;

/**
 * Whether standard output (1) or standard error (2) of this process goes to systemd's journal. `JOURNAL_STREAM` has the device and the
 * inode of the stream that systemd made. They are different as soon as somebody redirects the output.
 */
export function isJournal(file: 1 | 2, environment: Readonly<Record<string, string | undefined>>): boolean {
  const stream = environment["JOURNAL_STREAM"];
  if (stream === undefined) return false;
  const { dev, ino } = fstatSync(file, { bigint: true });
  return stream === `${dev}:${ino}`;
}

/** Marks each line of a text as an error, for the journal. */
export function journalErrors(text: string): string {
  return atPriority(error, text);
}

/** Makes `journalctl -p err` and `-p warning` show what the console writes to standard error. */
export function speakToJournal(console: Console, write: (text: string) => void): void {
  const at =
    (priority: number) =>
    (...words: readonly unknown[]) =>
      write(`${atPriority(priority, format(...words))}\n`);
  console.error = at(error);
  console.warn = at(warning);
}

function atPriority(priority: number, text: string): string {
  return text.replace(/^/gm, `<${priority}>`);
}
