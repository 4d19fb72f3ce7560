import { constants, openSync, write, writeSync } from "node:fs";
import { isatty } from "node:tty";
import type { WriteSome } from "./line-output.ts";

/** Looks again for a reader so often where a program waits for it. */
const retryMs = 20;

/**
 * How to write to standard output (1) or standard error (2) without ever waiting for whoever reads. Node.js itself waits where it is a
 * terminal, which Ctrl+S stops; and a write that waits in a thread of Node.js's lets no process end.
 */
export function writerTo(file: 1 | 2): WriteSome {
  const descriptor = withoutWaiting(file);
  return (bytes, done) => write(descriptor, bytes, done);
}

/** How to write to standard output with patience, for a program that drives nothing and whose every line counts. */
export function patientWriterTo(file: 1 | 2): WriteSome {
  return (bytes, done) => {
    let written = 0;
    for (;;) {
      try {
        written = writeSync(file, bytes);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return done(error as NodeJS.ErrnoException, 0);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryMs);
      }
    }
    done(null, written);
  };
}

function withoutWaiting(file: 1 | 2): number {
  if (!isatty(file)) {
    // A pipe or a socket, such as the journal's, does not wait any more once Node.js has made its stream. A disk is waited for by a thread.
    void (file === 1 ? process.stdout : process.stderr).fd;
    return file;
  }
  try {
    // Opened anew, the terminal is ours alone to set: other programs go on to wait for it.
    return openSync(`/proc/self/fd/${file}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    // Another system than Linux, or another user's terminal.
    return file;
  }
}
