import { close, open, read, statfs } from "node:fs";

/** SYSFS_MAGIC (include/uapi/linux/magic.h). */
const sysfsMagic = 0x62656572;
/** An attribute that is a measurement or a name is much shorter. */
const mostBytes = 512;

/**
 * An attribute of a driver that stays open, so that reading it takes one system call in one thread. Each read from the beginning asks the
 * driver anew (Documentation/filesystems/sysfs.rst). When its device is gone, reads fail with ENODEV, also after another device has taken
 * its path (fs/kernfs/file.c, kernfs_seq_start).
 */
export class OpenAttribute {
  readonly #descriptor: number;
  #underWay = 0;
  #isToClose = false;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** The whole text; undefined where it is longer than 511 bytes. Fails with system errors. */
  read(): Promise<string | undefined> {
    this.#underWay += 1;
    return new Promise((resolve, reject) => {
      const buffer = Buffer.allocUnsafe(mostBytes);
      read(this.#descriptor, buffer, 0, mostBytes, 0, (error, length) => {
        this.#underWay -= 1;
        this.#closeIfUnused();
        if (error !== null) reject(error);
        else resolve(length < mostBytes ? buffer.toString("utf8", 0, length) : undefined);
      });
    });
  }

  /** Closes it as soon as nothing reads it: the number of a closed file soon belongs to another one. */
  close(): void {
    this.#isToClose = true;
    this.#closeIfUnused();
  }

  #closeIfUnused(): void {
    if (this.#isToClose && this.#underWay === 0) close(this.#descriptor, () => {});
  }
}

/** Opens an attribute. Undefined where the file is of another file system than sysfs. Fails with system errors. */
export async function openAttribute(path: string): Promise<OpenAttribute | undefined> {
  const type = await new Promise<number>((resolve, reject) =>
    statfs(path, (error, found) => (error === null ? resolve(found.type) : reject(error))),
  );
  if (type !== sysfsMagic) return undefined;
  return new Promise((resolve, reject) =>
    open(path, "r", (error, descriptor) => (error === null ? resolve(new OpenAttribute(descriptor)) : reject(error))),
  );
}
