import { constants, openSync, write, writeSync } from "node:fs";
import { isatty } from "node:tty";
import type { WriteSome } from "./line-output.ts";

/** How long to wait before trying again, if a program waits for its reader. */
const retryMs = 20;

/**
 * How to write to standard output (1) or standard error (2) without ever waiting for the reader. Node.js itself waits for a terminal, which
 * Ctrl+S stops. And while a thread of Node.js waits in a write, the process cannot end.
 */
export function writerTo(file: 1 | 2): WriteSome {
  const descriptor = withoutWaiting(file);
  return (bytes, done) => write(descriptor, bytes, done);
}

/** How to write to standard output and wait for the reader, for a program that drives no outputs and must not lose a line. */
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
    // After Node.js has made its stream, a pipe or a socket, such as the journal's, no longer waits. Writing to a disk waits in a thread.
    void (file === 1 ? process.stdout : process.stderr).fd;
    return file;
  }
  try {
    // The terminal is opened again, so that not waiting holds for this process alone and not for other programs.
    return openSync(`/proc/self/fd/${file}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    // Not Linux, or the terminal belongs to another user.
    return file;
  }
}
