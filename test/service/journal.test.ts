import { fstatSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { journalLine } from "../../src/log/journal.ts";
import { isJournal, speakToJournal } from "../../src/service/journal.ts";

const identity = (file: number) => {
  const { dev, ino } = fstatSync(file, { bigint: true });
  return `${dev}:${ino}`;
};

describe("the journal", () => {
  it("is known by the device and the inode that systemd names, and by nothing else", () => {
    expect(isJournal(1, { JOURNAL_STREAM: identity(1) })).toBe(true);
    expect(isJournal(1, { JOURNAL_STREAM: `${identity(1)}0` })).toBe(false);
    expect(isJournal(1, {})).toBe(false);
  });

  it("gets each line of the log with its priority, and the line as it is", () => {
    const lines = [20, 30, 40, 50].map((level) => journalLine("{}\n", level));
    expect(lines).toEqual(["<7>{}\n", "<6>{}\n", "<4>{}\n", "<3>{}\n"]);
  });

  it("gets what is said on standard error as errors and warnings, each line of it", () => {
    const said: string[] = [];
    const console = { ...globalThis.console };
    speakToJournal(console, (text) => said.push(text));
    console.error("one\ntwo");
    console.warn("%s may be", "this");
    expect(said).toEqual(["<3>one\n<3>two\n", "<4>this may be\n"]);
  });
});
