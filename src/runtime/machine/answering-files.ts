import { UserError } from "../../core/errors.ts";
import type { Files } from "../../core/machine/files.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";

/** A file that has not answered for so long, in milliseconds, counts as one that hangs. An SD card that is busy takes less. */
const hangsAfterMs = 2_000;

/** Where the kernel itself answers. Such files do not lie on a drive that can be gone. */
const ofKernel = /^\/(sys|proc|dev|run)\//;

/**
 * Files of which only so many are read at the same time, but for those that the kernel itself answers. A file on a network drive that is
 * gone may never answer, and holds a thread of this program, of which there are few. When too many hang, the others are refused, so that
 * the kernel's files can be read and the state can be stored.
 */
export function answeringFiles(files: Files, clock: Pick<Clock, "monotonicMs" | "after">, mostAtOnce: number): Files {
  const room = new Room(clock, mostAtOnce);
  const read = <T>(path: string, task: () => Promise<T>) => (ofKernel.test(path) ? task() : room.use(task));
  return {
    ...files,
    readText: (path) => read(path, () => files.readText(path)),
    readBytes: (path) => read(path, () => files.readBytes(path)),
    peek: (path, mostBytes) => read(path, () => files.peek(path, mostBytes)),
    list: (folder) => read(folder, () => files.list(folder)),
    realPath: (path) => read(path, () => files.realPath(path)),
    space: (path) => read(path, () => files.space(path)),
    isWritable: (path) => read(path, () => files.isWritable(path)),
  };
}

/** Room for some tasks at the same time. */
class Room {
  readonly #clock: Pick<Clock, "monotonicMs" | "after">;
  readonly #most: number;
  readonly #begun = new Set<{ readonly atMs: number }>();
  readonly #waiting = new Set<() => void>();

  constructor(clock: Pick<Clock, "monotonicMs" | "after">, most: number) {
    this.#clock = clock;
    this.#most = most;
  }

  async use<T>(task: () => Promise<T>): Promise<T> {
    while (this.#begun.size >= this.#most) {
      this.#refuseIfAllHang();
      await this.#somethingHappens();
    }
    const mark = { atMs: this.#clock.monotonicMs() };
    this.#begun.add(mark);
    try {
      return await task();
    } finally {
      this.#begun.delete(mark);
      for (const goOn of this.#waiting) goOn();
    }
  }

  #refuseIfAllHang(): void {
    const sinceMs = this.#clock.monotonicMs() - hangsAfterMs;
    const hanging = [...this.#begun].filter(({ atMs }) => atMs <= sinceMs).length;
    if (hanging >= this.#most)
      throw new UserError(`it is not read while ${hanging} other files do not answer; look for a drive that is gone`);
  }

  /** Resolves when a task has ended, or when one that has not may count as hanging. */
  #somethingHappens(): Promise<void> {
    return new Promise((resolve) => {
      let cancel: Cancel = () => {};
      const goOn = () => {
        cancel();
        this.#waiting.delete(goOn);
        resolve();
      };
      cancel = this.#clock.after(hangsAfterMs, goOn);
      this.#waiting.add(goOn);
    });
  }
}
