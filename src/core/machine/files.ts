/** A file that stays open, so that each write costs one system call. */
export interface WritableFile {
  /** Writes from the beginning of the file, as sysfs attributes need it. The text is written when it returns. Throws system errors. */
  write(text: string): void;
  close(): Promise<void>;
}

/** The beginning of a file that somebody else writes. */
export interface FileBeginning {
  /** Only the beginning of a `file` is read: a pipe or a device may have no end, and may never say anything. */
  readonly type: "file" | "folder" | "other";
  readonly bytes: Uint8Array;
  /** Whether these are all bytes of the file. */
  readonly isWhole: boolean;
  /** How long ago the file was changed, in milliseconds of the time of day; negative when that time was set back since. */
  readonly ageMs: number;
}

/** How much room a file system has, in bytes. */
export interface Space {
  readonly total: number;
  readonly free: number;
  /** What is left for programs that are not root: less than what is free, where the file system keeps some for root. */
  readonly available: number;
}

/**
 * The files through which Linux shows its hardware (/sys, /proc, /dev). Paths are absolute. Every method fails with a Node.js system error
 * that has a `code`. Tests and the simulation provide a tree of their own.
 */
export interface Files {
  /** The whole file as text. Reading a sensor's file can take a second, because the kernel asks the sensor meanwhile. */
  readText(path: string): Promise<string>;
  /** The whole file as bytes, as device-tree properties need it. */
  readBytes(path: string): Promise<Uint8Array>;
  /** At most so many bytes from the beginning of a file, whatever it is. Never waits for somebody who writes into a pipe. */
  peek(path: string, mostBytes: number): Promise<FileBeginning>;
  /** Writes without creating or truncating the file, as sysfs attributes need it. */
  writeText(path: string, text: string): Promise<void>;
  /** Opens a file for writing without creating or truncating it. */
  openForWriting(path: string): Promise<WritableFile>;
  /** The names in a folder, sorted; none when the folder does not exist. */
  list(folder: string): Promise<readonly string[]>;
  /** The path of a file or folder without symbolic links: in /sys it names the device that something belongs to. */
  realPath(path: string): Promise<string>;
  /** The room of the file system that a file or folder is on. */
  space(path: string): Promise<Space>;
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
