import { UserError } from "../../core/errors.ts";
import type { Files } from "../../core/machine/files.ts";
import type { Clock } from "../../core/time/clock.ts";

/** A file that has not answered for so long, in milliseconds, counts as one that hangs. An SD card that is busy takes less. */
const hangsAfterMs = 2_000;

/** Where the kernel itself answers. Such files do not lie on a drive that can be gone. */
const ofKernel = /^\/(sys|proc|dev|run)\//;

/**
 * Files of which only so many may hang at the same time, as on network drives that are gone. Each holds a thread of this program, of which
 * there are few. When they are too many, files that the kernel does not answer itself are no longer read, so that all others can be, and
 * the state can be stored.
 */
export function answeringFiles(files: Files, clock: Pick<Clock, "monotonicMs">, mostHanging: number): Files {
  const begun = new Set<{ readonly atMs: number }>();
  const read = async <T>(path: string, task: () => Promise<T>): Promise<T> => {
    if (begun.size >= mostHanging && !ofKernel.test(path)) refuseIfTooMany();
    const mark = { atMs: clock.monotonicMs() };
    begun.add(mark);
    try {
      return await task();
    } finally {
      begun.delete(mark);
    }
  };
  const refuseIfTooMany = () => {
    const sinceMs = clock.monotonicMs() - hangsAfterMs;
    const hanging = [...begun].filter(({ atMs }) => atMs <= sinceMs).length;
    if (hanging >= mostHanging)
      throw new UserError(`it is not read while ${hanging} other files do not answer; look for a drive that is gone`);
  };
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
