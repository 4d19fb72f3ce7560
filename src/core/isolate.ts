/**
 * A native package in a process of its own. What it blocks, crashes or leaves behind stays there; a process that ends
 * or hangs is a failed call, and the next call starts another.
 */
export interface IsolatedPackage {
  /**
   * Calls a function that the package exports ("promises.read"), one call at a time. Arguments and result are plain data.
   * Rejects when the function throws, when the process ends, and after `timeoutMs`.
   */
  call(functionName: string, args: readonly unknown[], timeoutMs: number): Promise<unknown>;
}

/** Starts, or shares, the process of a package. Rejects with a UserError when it is missing or cannot be loaded. */
export type Isolate = (packageName: string) => Promise<IsolatedPackage>;
