/** Calls the task whenever a file has something to read, without a thread for each file. */
export interface Watch {
  add(file: number, onReadable: () => void): void;
  /** Must come before the file is closed. */
  remove(file: number): void;
  /** Ends the waiting; resolves when no thread waits any more. */
  close(): Promise<void>;
}
