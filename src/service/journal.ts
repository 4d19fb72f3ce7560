import { fstatSync } from "node:fs";
import { format } from "node:util";

/** Priorities that systemd's journal understands at the beginning of a line (sd-daemon(3), syslog(3)). */
const warning = 4;
const error = 3;

/**
 * Whether a file of this process, 1 or 2, goes to systemd's journal: `JOURNAL_STREAM` names the device and the inode of the
 * stream that systemd made, which is another one as soon as somebody redirects it.
 */
export function isJournal(file: 1 | 2, environment: Readonly<Record<string, string | undefined>>): boolean {
  const stream = environment["JOURNAL_STREAM"];
  if (stream === undefined) return false;
  const { dev, ino } = fstatSync(file, { bigint: true });
  return stream === `${dev}:${ino}`;
}

/** A text as an error of this program, each line of it, for the journal. */
export function journalErrors(text: string): string {
  return atPriority(error, text);
}

/** Makes what the console says on standard error show in `journalctl -p err` and `-p warning`. */
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
