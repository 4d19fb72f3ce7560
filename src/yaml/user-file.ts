import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { errorCode } from "../core/errors.ts";

/** The size limit in bytes. The file of a whole house needs only a small part of it. */
export const maxBytes = 1024 * 1024;

/** Why a file cannot be read. `code` is the code of a system error, or words that are shown in its place. */
class Unreadable extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/**
 * The bytes of a file that a user named, at most {@link maxBytes}. Anything that is not a regular file is refused before it is read:
 * reading a pipe would wait for ever, and a device such as /dev/zero has no end. Throws errors with a `code`.
 */
export function readUserFile(file: string): Uint8Array {
  // Without O_NONBLOCK, opening a pipe waits until somebody writes to it. Windows does not have this flag.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new Unreadable(`it is ${whatIs(stats)}, not a file`);
    return readAll(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** As {@link readUserFile}, as text. Bytes that are not UTF-8 become replacement characters. */
export function readUserText(file: string): string {
  return new TextDecoder().decode(readUserFile(file));
}

/** Why a file cannot be read, for people. */
export function reasonOf(error: unknown): string {
  return errorCode(error) === "ENOENT" ? "there is no such file" : errorCode(error);
}

/** Reads to the end. The size of a file says nothing for files below /proc. */
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
