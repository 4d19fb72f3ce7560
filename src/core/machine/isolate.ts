/**
 * A native package in a process of its own. If the package blocks or crashes, only that process suffers. When the process ends or hangs,
 * the call fails, and the next call starts another process.
 */
export interface IsolatedPackage {
  /**
   * Calls a function that the package exports, such as "promises.read". There is one call at a time. Arguments and result are plain data.
   * Rejects when the function throws, when the process ends, and after `timeoutMs` milliseconds.
   */
  call(functionName: string, args: readonly unknown[], timeoutMs: number): Promise<unknown>;
}

/** Starts the process of a package, or shares one that runs. Rejects with a UserError when the package is missing or cannot be loaded. */
export type Isolate = (packageName: string) => Promise<IsolatedPackage>;
