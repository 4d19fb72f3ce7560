import { writeSync } from "node:fs";
import { access, constants, type FileHandle, open, readdir, readFile, realpath, stat, statfs } from "node:fs/promises";
import { errorCode } from "../../core/errors.ts";
import type { Files } from "../../core/machine/files.ts";

/** The real files of this machine. */
export const machineFiles: Files = {
  readText: (path) => readFile(path, "utf8"),
  readBytes: (path) => readFile(path),
  async peek(path, mostBytes) {
    const found = await stat(path);
    const type = found.isFile() ? "file" : found.isDirectory() ? "folder" : "other";
    // A device is not even opened: that alone can do something, such as resetting the board at the other end of a serial line.
    if (type !== "file") return { type, bytes: new Uint8Array(), isWhole: true, ageMs: Date.now() - found.mtimeMs };
    // If it has become a pipe meanwhile, opening it would keep a thread without O_NONBLOCK, for as long as nobody writes into it.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const bytes = await beginning(file, mostBytes + 1);
      const ageMs = Date.now() - (await file.stat()).mtimeMs;
      return { type, bytes: bytes.subarray(0, mostBytes), isWhole: bytes.length <= mostBytes, ageMs };
    } finally {
      await file.close();
    }
  },
  async writeText(path, text) {
    // Opened only for writing, because group gpio may write /sys/class/gpio/export but not read it.
    const file = await open(path, constants.O_WRONLY);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
  },
  async openForWriting(path) {
    const file = await open(path, constants.O_WRONLY);
    return { write: (text) => void writeSync(file.fd, text, 0), close: () => file.close() };
  },
  async list(folder) {
    try {
      return (await readdir(folder)).sort();
    } catch (error) {
      if (["ENOENT", "ENOTDIR", "ENODEV"].includes(errorCode(error))) return [];
      throw error;
    }
  },
  realPath: (path) => realpath(path),
  async space(path) {
    const { bsize, blocks, bfree, bavail } = await statfs(path);
    return { total: blocks * bsize, free: bfree * bsize, available: bavail * bsize };
  },
  isWritable: (path) =>
    access(path, constants.W_OK).then(
      () => true,
      () => false,
    ),
};

/** Reads so many bytes, or all that there are. A file of /proc gives less than asked for although more comes. */
async function beginning(file: FileHandle, mostBytes: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(mostBytes);
  let length = 0;
  while (length < mostBytes) {
    const { bytesRead } = await file.read(buffer, length, mostBytes - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}
