/** Calls a function when a file has something to read. It does not need a thread for each file. */
export interface Watch {
  add(file: number, onReadable: () => void): void;
  /** Stops watching. Call it before the file is closed. */
  remove(file: number): void;
  /** Stops all watching. Resolves when no thread waits any more. */
  close(): Promise<void>;
}
