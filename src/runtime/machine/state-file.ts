import { createHash } from "node:crypto";
import * as z from "zod";

/** Increase this when older versions can no longer read the file. */
const formatVersion = 1;

/** The kept values, by device id, then by name. */
export type KeptValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Where an agent's state is kept: one file, the copy before it, and files that were set aside. */
export interface StateFile {
  /** The path of the file, for people. */
  readonly path: string;
  /** The text of the file or of the copy before it. Undefined if there is none. Rejects with system errors. */
  read(which: "current" | "previous"): Promise<string | undefined>;
  /** Replaces the whole file. It is on disk when this resolves. The file that was there becomes the copy before it. */
  write(text: string): Promise<void>;
  /** Keeps a file that cannot be used under another name. Resolves with that name. */
  setAside(which: "current" | "previous"): Promise<string>;
}

const written = z.object({
  version: z.number(),
  checksum: z.string(),
  devices: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** What every version has. */
const versioned = z.object({ version: z.number() });

/** Makes the text of a state file. */
export function writeState(devices: KeptValues): string {
  return `${JSON.stringify({ version: formatVersion, checksum: checksumOf(devices), devices })}\n`;
}

/** Reads the text of a state file. If it cannot be used, says why, as a clause. */
export function readState(text: string): { devices: KeptValues } | { problem: string } {
  if (text.trim() === "") return { problem: "is empty" };
  const value = json(text);
  const { version } = versioned.safeParse(value).data ?? {};
  if (version !== undefined && version > formatVersion) return { problem: `is of a newer pi2mqtt (format ${version})` };
  const parsed = written.safeParse(value);
  if (!parsed.success) return { problem: "is incomplete, or no state of pi2mqtt" };
  const { checksum, devices } = parsed.data;
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
