import { close, constants, fstat, open, read, stat } from "node:fs";
import { promisify } from "node:util";
import type { FileBeginning } from "../../core/machine/files.ts";

// Each of these is one task of a thread. The file handles of node:fs/promises cost more than the tasks.
const system = {
  stat: promisify(stat),
  open: promisify(open),
  read: promisify(read),
  fstat: promisify(fstat),
  close: promisify(close),
};
/** Where a file has no length, as in /proc, so many bytes are asked for first. */
const usualBytes = 4_096;

/** See {@link import("../../core/machine/files.ts").Files.peek}. */
export async function peek(path: string, mostBytes: number): Promise<FileBeginning> {
  const found = await system.stat(path);
  const type = found.isFile() ? "file" : found.isDirectory() ? "folder" : "other";
  // A device is not even opened: that alone can do something, such as resetting the board at the other end of a serial line.
  if (type !== "file") return { type, bytes: new Uint8Array(), isWhole: true, ageMs: ageOf(found) };
  // If it has become a pipe meanwhile, opening it would keep a thread without O_NONBLOCK, for as long as nobody writes into it.
  const file = await system.open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const bytes = await beginning(file, found.size, mostBytes + 1);
    const ageMs = ageOf(await system.fstat(file));
    return { type, bytes: bytes.subarray(0, mostBytes), isWhole: bytes.length <= mostBytes, ageMs };
  } finally {
    await system.close(file);
  }
}

function ageOf({ mtimeMs }: { readonly mtimeMs: number }): number {
  return Date.now() - mtimeMs;
}

/**
 * Reads so many bytes, or all that there are. `size` is how many the file is said to have: where exactly these come, nobody asks for more.
 * A file of /proc is said to have none, one of /sys more than it has; both may give less than asked for although more comes.
 */
async function beginning(file: number, size: number, mostBytes: number): Promise<Uint8Array> {
  let buffer = Buffer.alloc(Math.min(mostBytes, size === 0 ? usualBytes : size + 1));
  let length = 0;
  for (;;) {
    const { bytesRead } = await system.read(file, buffer, length, buffer.length - length, null);
    length += bytesRead;
    if (bytesRead === 0 || length === size || length === mostBytes) return buffer.subarray(0, length);
    if (length === buffer.length) {
      const larger = Buffer.alloc(Math.min(mostBytes, 2 * buffer.length));
      buffer.copy(larger);
      buffer = larger;
    }
  }
}
