/** Waits until `done` is called. Rejects with a sentence where that takes longer. */
export function within<Value = void>(ms: number, what: string, task: (done: (value: Value) => void) => void) {
  return new Promise<Value>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${what} did not come within ${ms / 1000} s`)), ms);
    task((value) => {
      clearTimeout(late);
      resolve(value);
    });
  });
}
