/** The calls of open and openat that were successful, in what strace wrote. */
export function openedFiles(trace: string): number {
  return trace.split("\n").filter((line) => /\bopen(at)?\b.* = \d+$/.test(line)).length;
}
