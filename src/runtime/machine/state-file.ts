import { createHash } from "node:crypto";
import * as z from "zod";

/** Goes up when an older agent could no longer read what is written. */
const formatVersion = 1;

/** What is kept: values by device id, then by name. */
export type KeptValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Where the state of an agent is kept: one file, the copy before it, and what was set aside. */
export interface StateFile {
  /** As people find it. */
  readonly path: string;
  /** The text of the file or of the copy before it; undefined where there is none. Rejects with system errors. */
  read(which: "current" | "previous"): Promise<string | undefined>;
  /** Replaces the file as a whole, on disk when it resolves; what was there is the copy before it then. */
  write(text: string): Promise<void>;
  /** Keeps a file that cannot be used, under another name, which it gives. */
  setAside(which: "current" | "previous"): Promise<string>;
}

const written = z.object({
  version: z.number(),
  checksum: z.string(),
  devices: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** The text of a state file. */
export function writeState(devices: KeptValues): string {
  return `${JSON.stringify({ version: formatVersion, checksum: checksumOf(devices), devices })}\n`;
}

/** Understands the text of a state file, or says as a clause why it cannot be used. */
export function readState(text: string): { devices: KeptValues } | { problem: string } {
  if (text.trim() === "") return { problem: "is empty" };
  const parsed = written.safeParse(json(text));
  if (!parsed.success) return { problem: "is torn, or no state of pi2mqtt" };
  const { version, checksum, devices } = parsed.data;
  if (version > formatVersion) return { problem: `is of a newer pi2mqtt (format ${version})` };
  return checksum === checksumOf(devices) ? { devices } : { problem: "is damaged (its checksum is wrong)" };
}

function checksumOf(devices: KeptValues): string {
  return createHash("sha256").update(JSON.stringify(devices)).digest("hex").slice(0, 16);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
