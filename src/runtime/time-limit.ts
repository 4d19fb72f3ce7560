import { UserError } from "../core/errors.ts";
import type { Clock } from "../core/time/clock.ts";

/**
 * Resolves or rejects as the task does, if that happens in time. Otherwise rejects with `sentence` as a {@link UserError}. The task itself
 * goes on, because a promise cannot be stopped.
 */
export function inTime<Result>(
  clock: Clock,
  limitMs: number,
  task: Promise<Result>,
  sentence: string,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs, () => reject(new UserError(sentence)));
    task.then(
      (result) => {
        cancel();
        resolve(result);
      },
      (error) => {
        cancel();
        reject(error);
      },
    );
  });
}
