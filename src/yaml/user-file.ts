import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { errorCode } from "../core/errors.ts";

/** A house fits into a fraction of this. */
export const maxBytes = 1024 * 1024;

/** Why a file was not read: `code` is that of the system's error, or words that go into its place. */
class Unreadable extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/**
 * The bytes of a file that a user named, at most {@link maxBytes}. Whatever is no regular file is refused before anything is read of
 * it: a pipe would keep the program waiting for ever, and a device such as /dev/zero has no end. What is thrown has a `code`.
 */
export function readUserFile(file: string): Uint8Array {
  // Without O_NONBLOCK, opening a pipe waits for somebody to write. Windows has no such flag.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new Unreadable(`it is ${whatIs(stats)}, not a file`);
    return readAll(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** As {@link readUserFile}, as text; what is not UTF-8 has replacement characters. */
export function readUserText(file: string): string {
  return new TextDecoder().decode(readUserFile(file));
}

/** Why a file cannot be read, for people. */
export function reasonOf(error: unknown): string {
  return errorCode(error) === "ENOENT" ? "there is no such file" : errorCode(error);
}

/** To its end: the size that a file has says nothing below /proc. */
function readAll(descriptor: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = new Uint8Array(64 * 1024);
    const count = readSync(descriptor, chunk);
    if (count === 0) return Buffer.concat(chunks);
    length += count;
    if (length > maxBytes) throw new Unreadable("it is larger than 1 MiB; is it the right one?");
    chunks.push(chunk.subarray(0, count));
  }
}

function whatIs(stats: Stats): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a pipe";
  if (stats.isSocket()) return "a socket";
  return "a device";
}
