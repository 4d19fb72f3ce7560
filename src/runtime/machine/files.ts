import { writeSync } from "node:fs";
import { access, constants, open, readdir, readFile, realpath, statfs } from "node:fs/promises";
import { errorCode } from "../../core/errors.ts";
import type { Files } from "../../core/machine/files.ts";
import { Attributes } from "./attributes.ts";
import { openAttribute } from "./open-attribute.ts";
import { peek } from "./peek.ts";

const attributes = new Attributes({ readWhole: (path) => readFile(path, "utf8"), open: openAttribute });

/** The real files of this machine. */
export const machineFiles: Files = {
  readText: (path) => attributes.readText(path),
  readBytes: (path) => readFile(path),
  peek,
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
