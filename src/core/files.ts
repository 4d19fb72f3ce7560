/** A file that stays open, so that writing to it again and again costs one system call each. */
export interface WritableFile {
  /** Writes from the beginning of the file, as sysfs attributes want it, before it returns. Throws system errors. */
  write(text: string): void;
  close(): Promise<void>;
}

/**
 * The files through which Linux shows its hardware (/sys, /proc, /dev). Paths are absolute. Failures are Node.js system
 * errors with a `code`. Tests and the simulation hand in a tree of their own.
 */
export interface Files {
  /** The whole file as text. Reading a sensor's file can take a second: the kernel talks to the sensor meanwhile. */
  readText(path: string): Promise<string>;
  /** The whole file as bytes, for device-tree properties. */
  readBytes(path: string): Promise<Uint8Array>;
  /** Writes without creating or truncating, as sysfs attributes want it. */
  writeText(path: string, text: string): Promise<void>;
  /** Opens a file for writing without creating or truncating it. */
  openForWriting(path: string): Promise<WritableFile>;
  /** The names in a folder, sorted; none when the folder does not exist. */
  list(folder: string): Promise<readonly string[]>;
  /** Whether this process may write the file now. */
  isWritable(path: string): Promise<boolean>;
}

/** The file's text without surrounding white space and NULs, or undefined when it cannot be read. */
export async function readTrimmed(files: Files, path: string): Promise<string | undefined> {
  try {
    return (await files.readText(path)).replaceAll("\0", " ").trim();
  } catch {
    return undefined;
  }
}
